package gesso.weights;

import java.util.function.UnaryOperator;

/** A file's tensors under other names; those whose new name is empty are left out. */
public final class RenamedWeights {
    private RenamedWeights() {}

    /** The file under these names. */
    public static WeightFile of(WeightFile file, UnaryOperator<String> names) {
        JoinedWeights renamed = new JoinedWeights(file.path(), file.name(), file.form());
        file.weights().forEach((key, weight) -> {
            String name = names.apply(key);
            if (!name.isEmpty()) {
                renamed.add(name, file, weight);
            }
        });
        return renamed;
    }
}
