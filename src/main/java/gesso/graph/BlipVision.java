package gesso.graph;

import gesso.weights.WeightFile;
import java.util.ArrayList;
import java.util.List;

/**
 * BLIP's image encoder (Li et al. 2022), and what the text decoder attends to: its cross-attentions' keys and values do not
 * depend on the text, so they are computed here, once.
 *
 * <p>Input: {@code pixels} [1, 3, s, s]. Outputs: {@code image} [1, n, v], the tokens; {@code keys} and {@code values}
 * [layers, n, width].
 */
public final class BlipVision {
    /** transformers' and, smaller, the makers'. */
    private static final float EPSILON = 1e-5f;

    private static final float ORIGINAL_EPSILON = 1e-6f;

    private BlipVision() {}

    /** The encoder that lies where {@code parts} says. */
    public static OnnxModel build(WeightFile file, BlipParts parts) {
        Graph graph = new Graph("BLIP image encoder", file);
        Layers layers = new Layers(graph);
        VisionTransformer body = new VisionTransformer(
                graph,
                layers,
                parts.vision(),
                parts.isOriginal() ? VisionTransformer.BLIP_ORIGINAL : VisionTransformer.BLIP,
                parts.isOriginal() ? ORIGINAL_EPSILON : EPSILON,
                layers::gelu);
        String image = body.postNorm(body.write());
        graph.output("image", image, 1, "n", layers.width(image));
        String blocks = parts.text() + BlipText.BLOCKS;
        int count = graph.count(blocks);
        if (count == 0) {
            throw graph.unusable("it has no tensors " + blocks);
        }
        List<String> keys = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String cross = blocks + i + ".crossattention.self.";
            keys.add(layers.linear(cross + "key", image));
            values.add(layers.linear(cross + "value", image));
        }
        int width = layers.width(keys.get(0));
        graph.output("keys", graph.op("Concat", keys, Attribute.of("axis", 0L)), count, "n", width);
        graph.output("values", graph.op("Concat", values, Attribute.of("axis", 0L)), count, "n", width);
        return graph.build();
    }
}
