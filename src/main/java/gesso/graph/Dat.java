package gesso.graph;

import java.util.List;

/**
 * DAT (Chen et al., Dual Aggregation Transformer for Image Super-Resolution, 2023): blocks that look through windows and blocks
 * that weigh channels, in turn. Both its ends are read: pixel shuffle (DAT, DAT-S, DAT-2) and direct pixel shuffle (DAT-light).
 */
final class Dat {
    private static final float SLOPE = 0.01f;
    private static final float RANGE = 1;

    private final Graph graph;
    private final Layers layers;
    private final ImageLayers images;
    private final String prefix;

    private Dat(Graph graph, String prefix) {
        this.graph = graph;
        this.prefix = prefix;
        layers = new Layers(graph);
        images = new ImageLayers(graph, layers);
    }

    static Upscalers.Built build(Graph graph, String prefix) {
        return new Dat(graph, prefix).write();
    }

    private Upscalers.Built write() {
        String image = Upscalers.input(graph, layers, graph.dim(prefix + "conv_first.weight", 4, 1));
        String first = layers.conv(prefix + "conv_first", images.centered(image, RANGE));
        String y = layers.add(images.oneOrThree(prefix + "conv_after_body", features(first)), first);
        String up = prefix + "upsample";
        int scale;
        if (graph.has(prefix + "conv_last.weight")) {
            y = images.leakyRelu(layers.conv(prefix + "conv_before_upsample.0", y), SLOPE);
            scale = images.shuffledScale(up);
            y = layers.conv(prefix + "conv_last", images.shuffledUp(up, y));
        } else {
            String wide = layers.conv(up + ".0", y);
            scale = images.root(layers.width(wide) / layers.width(image));
            y = images.pixelShuffle(wide, scale);
        }
        graph.output("made", images.uncentered(y, RANGE), 1, layers.width(y), "H", "W");
        return new Upscalers.Built(scale, 1);
    }

    private String features(String first) {
        DatAttention attention = new DatAttention(graph, layers, images, prefix, first);
        String tokens = layers.layerNorm(prefix + "before_RG.1", layers.toTokens(first));
        int groups = graph.count(prefix + "layers.");
        for (int i = 0; i < groups; i++) {
            String at = prefix + "layers." + i + ".";
            String y = tokens;
            int blocks = graph.count(at + "blocks.");
            for (int j = 0; j < blocks; j++) {
                String block = at + "blocks." + j + ".";
                String x = layers.layerNorm(block + "norm1", y);
                String attended = j % 2 == 0
                        ? attention.spatial(block + "attn.", x, isShifted(i, j))
                        : attention.channel(block + "attn.", x);
                y = layers.add(y, attended);
                y = layers.add(y, gated(block + "ffn.", layers.layerNorm(block + "norm2", y), first));
            }
            String planes = images.oneOrThree(at + "conv", layers.toPlanes(y, first));
            tokens = layers.add(layers.toTokens(planes), tokens);
        }
        return layers.toPlanes(layers.layerNorm(prefix + "norm", tokens), first);
    }

    /** Every second spatial block, with the first of a group in odd groups, with the second in even ones. */
    private static boolean isShifted(int group, int block) {
        return block % 4 == (group % 2 == 0 ? 2 : 0);
    }

    /** The spatial-gate feed-forward network: one half of what is hidden, convolved, weighs the other. */
    private String gated(String at, String tokens, String like) {
        String hidden = layers.gelu(layers.linear(at + "fc1", tokens));
        List<String> halves = layers.split(hidden, 2, 2);
        String gate = images.toPlanes(layers.layerNorm(at + "sg.norm", halves.get(1)), like);
        String convolved = layers.toTokens(images.depthwise(at + "sg.conv", gate));
        return layers.linear(at + "fc2", layers.mul(halves.get(0), convolved));
    }
}
