package gesso.graph;

import java.util.List;

/**
 * Real-ESRGAN's compact form (SRVGGNetCompact, Wang et al. 2021): a chain of convolutions, whose last one holds the enlarged
 * picture's difference from the plainly enlarged one.
 */
final class SrVgg {
    private SrVgg() {}

    static Upscalers.Built build(Graph graph, String prefix) {
        Layers layers = new Layers(graph);
        ImageLayers images = new ImageLayers(graph, layers);
        int in = graph.dim(prefix + "body.0.weight", 4, 1);
        String image = Upscalers.input(graph, layers, in);
        int last = graph.count(prefix + "body.") - 1;
        String x = image;
        for (int i = 0; i <= last; i++) {
            String at = prefix + "body." + i;
            x = i % 2 == 0 ? layers.conv(at, x) : images.prelu(at + ".weight", x);
        }
        int scale = images.root(layers.width(x) / in);
        String y = graph.op("Add", List.of(images.pixelShuffle(x, scale), images.enlarge(image, scale)));
        graph.output("made", y, 1, in, "H", "W");
        return new Upscalers.Built(scale, 1);
    }
}
