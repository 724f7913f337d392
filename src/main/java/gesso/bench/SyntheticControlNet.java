package gesso.bench;

import gesso.graph.Parts;
import gesso.request.BadInput;
import gesso.weights.DType;
import gesso.weights.SyntheticCheckpoint;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A ControlNet of computed weights for a checkpoint: the first half of its UNet once more, what reads the control image, and one
 * 1×1 convolution for each residual (Zhang et al. 2023).
 */
final class SyntheticControlNet {
    private static final List<String> COPIED = List.of("time_embed.", "label_emb.", "input_blocks.", "middle_block.");
    private static final int[] HINT = {3, 16, 16, 32, 32, 96, 96, 256};
    private static final String FIRST = "input_blocks.0.0.weight";
    /** Of a residual block, and of one that halves the picture. */
    private static final List<String> LAST_LAYERS = List.of(".0.out_layers.3.weight", ".0.op.weight");

    static final int LATENT_CHANNELS = 4;

    private final Map<String, long[]> copied = new LinkedHashMap<>();

    private SyntheticControlNet(WeightFile checkpoint) {
        if (checkpoint.network("unet").isPresent()) {
            throw new BadInput(
                    checkpoint.name() + " consists of ONNX files, which take no ControlNet; name another model.");
        }
        String unet = Parts.unet(checkpoint);
        for (Weight weight : checkpoint.weights().values()) {
            String name = weight.name().startsWith(unet) ? weight.name().substring(unet.length()) : "";
            if (COPIED.stream().anyMatch(name::startsWith)) {
                copied.put(name, weight.shape().clone());
            }
        }
    }

    /**
     * Writes it as a file of half precision.
     *
     * @throws BadInput where the checkpoint consists of ONNX files
     */
    static void write(Path file, WeightFile checkpoint) {
        SyntheticCheckpoint.write(file, new SyntheticControlNet(checkpoint).shapes(), DType.F16);
    }

    private Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>(copied);
        long[] first = shape(FIRST);
        // An inpainting model's ControlNet sees the latent alone.
        shapes.put(FIRST, new long[] {first[0], LATENT_CHANNELS, 3, 3});
        for (int i = 0; i < HINT.length; i++) {
            conv(shapes, "input_hint_block." + 2 * i, i + 1 < HINT.length ? HINT[i + 1] : first[0], HINT[i], 3);
        }
        long channels = first[0];
        int blocks = 0;
        for (long wide = channels; wide > 0; wide = channels(blocks)) {
            channels = wide;
            conv(shapes, "zero_convs." + blocks++ + ".0", channels, channels, 1);
        }
        conv(shapes, "middle_block_out.0", channels, channels, 1);
        return shapes;
    }

    /** How many channels a block's output has; 0: there is no such block. */
    private long channels(int block) {
        for (String layer : LAST_LAYERS) {
            long[] shape = copied.get("input_blocks." + block + layer);
            if (shape != null) {
                return shape[0];
            }
        }
        return 0;
    }

    private static void conv(Map<String, long[]> shapes, String name, long out, long in, int side) {
        shapes.put(name + ".weight", new long[] {out, in, side, side});
        shapes.put(name + ".bias", new long[] {out});
    }

    private long[] shape(String name) {
        long[] shape = copied.get(name);
        if (shape == null) {
            throw new BadInput("The model has no UNet that a ControlNet could be made for; name another model.");
        }
        return shape;
    }
}
