package gesso.graph;

import gesso.weights.WeightFile;
import java.util.List;

/**
 * CLIP's image encoder (Radford et al. 2021), as transformers names it or as OpenCLIP does.
 *
 * <p>Input: {@code pixels} [1, 3, s, s], see {@code gesso.image.NetworkPixels}. Output: {@code vector} [1, d], the picture in the
 * space that it shares with texts; not yet of length 1.
 */
public final class ClipVision {
    private static final float EPSILON = 1e-5f;

    private ClipVision() {}

    /** The encoder that lies where {@code parts} says. */
    public static OnnxModel build(WeightFile file, ClipParts parts) {
        Graph graph = new Graph("CLIP image encoder", file);
        Layers layers = new Layers(graph);
        boolean open = parts.isOpenClip();
        VisionTransformer body = new VisionTransformer(
                graph,
                layers,
                parts.vision(),
                open ? VisionTransformer.OPEN_CLIP : VisionTransformer.CLIP,
                EPSILON,
                x -> parts.quickGelu() ? layers.quickGelu(x, ClipText.QUICK_GELU) : layers.gelu(x));
        String tokens = body.write();
        String first =
                layers.like(tokens, graph.op("Gather", List.of(tokens, graph.ints(0)), Attribute.of("axis", 1L)));
        String whole = layers.like(first, graph.op("Squeeze", List.of(body.postNorm(first), graph.ints(1))));
        String vector = open
                ? layers.project(parts.vision() + "proj", whole)
                : layers.linear(parts.root() + "visual_projection", whole);
        graph.output("vector", vector, 1, layers.width(vector));
        return graph.build();
    }
}
