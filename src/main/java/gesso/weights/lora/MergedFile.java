package gesso.weights.lora;

import gesso.weights.Form;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A checkpoint as networks change it. Tensors that none of them changes are the file's own, in their place; the others are
 * merged anew each time they are read: W + strength·ΔW, one network after another.
 */
public final class MergedFile implements WeightFile {
    private final WeightFile base;
    private final Map<String, Weight> weights;
    private final NavigableMap<String, List<Step>> steps;
    private final List<AppliedNetwork> networks;

    MergedFile(
            WeightFile base,
            Map<String, Weight> weights,
            Map<String, List<Step>> steps,
            List<AppliedNetwork> networks) {
        this.base = base;
        this.weights = Collections.unmodifiableMap(weights);
        this.steps = new TreeMap<>(steps);
        this.networks = List.copyOf(networks);
    }

    /** One network's change of one tensor. */
    record Step(AppliedNetwork network, Layer layer, Change change, Matrix.Part part) {
        void apply(FloatBuffer tensor) {
            change.apply(
                    part.of(tensor),
                    network.strength().in(layer),
                    network.strength().rank());
        }
    }

    @Override
    public Path path() {
        return base.path();
    }

    @Override
    public Path path(Weight weight) {
        Weight plain = base.weights().get(weight.name());
        return plain == null ? base.files().get(0) : base.path(plain);
    }

    @Override
    public List<Path> files() {
        return base.files();
    }

    @Override
    public Optional<Path> network(String folder) {
        return base.network(folder);
    }

    @Override
    public Form form() {
        return base.form();
    }

    @Override
    public String name() {
        return base.name();
    }

    @Override
    public Map<String, Weight> weights() {
        return weights;
    }

    @Override
    public Map<String, String> metadata() {
        return base.metadata();
    }

    @Override
    public void read(Weight weight, FloatBuffer out) {
        List<Step> changes = steps.get(weight.name());
        if (changes == null) {
            base.read(weight, out);
            return;
        }
        FloatBuffer tensor = out.slice();
        Weight plain = base.weights().get(weight.name());
        if (plain != null) {
            base.read(plain, out);
        } else {
            // A bias that the model does not have yet.
            out.put(new float[(int) weight.elements()]);
        }
        changes.forEach(step -> step.apply(tensor));
    }

    @Override
    public Object variant(String prefix) {
        List<Object> all = new ArrayList<>();
        for (AppliedNetwork network : networks) {
            boolean text = touches(network, prefix, true);
            boolean unet = touches(network, prefix, false);
            if (text || unet) {
                Strength s = network.strength();
                all.add(List.of(
                        network.file().identity(),
                        new Strength(text ? s.text() : 0, unet ? s.unet() : 0, s.rank(), s.blocks())));
            }
        }
        return all.isEmpty() ? base.variant(prefix) : List.of(base.variant(prefix), all);
    }

    private boolean touches(AppliedNetwork network, String prefix, boolean text) {
        return steps.subMap(prefix, prefix + Character.MAX_VALUE).values().stream()
                .flatMap(List::stream)
                .anyMatch(step -> step.network().equals(network) && step.layer().text() == text);
    }

    @Override
    public String toString() {
        return base + " with " + networks;
    }
}
