package gesso.weights;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The averaged weights that training programs keep beside the trained ones: LDM's {@code LitEma} names them
 * {@code model_ema.} and the tensor's name without its dots. Where both are there the trained ones count, as in A1111; where a
 * file holds the averaged ones alone, they are its UNet.
 */
final class EmaNames {
    private static final String UNET = "model.diffusion_model.";
    private static final String EMA = "model_ema.";

    private EmaNames() {}

    /** A file whose UNet has averaged names alone under its plain ones; any other as it is. */
    static WeightFile restored(WeightFile file) {
        boolean alone = file.weights().keySet().stream().anyMatch(name -> name.startsWith(EMA))
                && file.weights().keySet().stream().noneMatch(name -> name.startsWith(UNET));
        if (!alone) {
            return file;
        }
        Map<String, String> names = names();
        JoinedWeights all = new JoinedWeights(file.path(), file.name(), file.form());
        file.metadata().forEach(all::note);
        file.weights().forEach((name, weight) -> all.add(names.getOrDefault(name, name), file, weight));
        return all;
    }

    /** The plain names of all UNets' tensors by their averaged ones. */
    static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        Stream.of(CheckpointShapes.sd15(), CheckpointShapes.sd2(), CheckpointShapes.sdxl())
                .flatMap(shapes -> shapes.keySet().stream())
                .filter(name -> name.startsWith(UNET))
                .forEach(name ->
                        names.put(EMA + name.substring("model.".length()).replace(".", ""), name));
        return names;
    }
}
