package gesso.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * ESRGAN and its descendants (Wang et al. 2018, "Enhanced Super-Resolution Generative Adversarial Networks"; Real-ESRGAN 2021;
 * ESRGAN+, Rakotonirina and Rasoanaivo 2020): residual-in-residual dense blocks, then doublings. Reads the names of the first
 * program ({@code model.0}), of its later form ({@code RRDB_trunk}) and of Real-ESRGAN ({@code body}).
 */
final class Esrgan {
    private static final float SLOPE = 0.2f;
    private static final int MOST_DOUBLINGS = 4;
    /** A residual counts a fifth. */
    private static final float RESIDUAL = 5;

    private final Graph graph;
    private final Layers layers;
    private final ImageLayers images;
    private final Names names;

    private Esrgan(Graph graph, String prefix) {
        this.graph = graph;
        layers = new Layers(graph);
        images = new ImageLayers(graph, layers);
        names = Names.of(graph, prefix);
    }

    static Upscalers.Built build(Graph graph, String prefix) {
        return new Esrgan(graph, prefix).write();
    }

    private Upscalers.Built write() {
        int in = graph.dim(names.first + ".weight", 4, 1);
        int out = graph.dim(names.last + ".weight", 4, 0);
        int unshuffle = in == out ? 1 : images.root(in / Math.max(out, 1));
        String image = Upscalers.input(graph, layers, in / (unshuffle * unshuffle));
        String x = unshuffle == 1 ? image : images.pixelUnshuffle(image, unshuffle);
        String first = layers.conv(names.first, x);
        String y = first;
        for (int i = 0; i < names.blocks; i++) {
            y = block(names.block(i), y);
        }
        y = layers.add(layers.conv(names.trunk, y), first);
        for (String up : names.ups) {
            y = images.leakyRelu(layers.conv(up, images.enlarge(y, 2)), SLOPE);
        }
        y = layers.conv(names.last, images.leakyRelu(layers.conv(names.high, y), SLOPE));
        graph.output("made", y, 1, layers.width(y), "H", "W");
        int scale = 1 << names.ups.size();
        if (scale % unshuffle != 0) {
            throw graph.unusable("it would make pictures smaller");
        }
        return new Upscalers.Built(scale / unshuffle, unshuffle);
    }

    private String block(String prefix, String x) {
        String y = x;
        for (int i = 1; i <= 3; i++) {
            y = dense(prefix + names.dense + i + ".", y);
        }
        return images.partOnto(y, RESIDUAL, x);
    }

    /** Five convolutions, each of which sees all that came before it. */
    private String dense(String prefix, String x) {
        boolean plus = graph.has(prefix + "conv1x1.weight");
        List<String> seen = new ArrayList<>(List.of(x));
        for (int i = 1; i <= 4; i++) {
            String y = images.leakyRelu(layers.conv(prefix + "conv" + i + names.inner, images.concat(seen)), SLOPE);
            if (plus && i == 2) {
                y = layers.add(y, layers.conv(prefix + "conv1x1", x));
            } else if (plus && i == 4) {
                y = layers.add(y, seen.get(2));
            }
            seen.add(y);
        }
        return images.partOnto(layers.conv(prefix + "conv5" + names.inner, images.concat(seen)), RESIDUAL, x);
    }

    /** What the layers are called. */
    private static final class Names {
        final String first;
        final String blockPrefix;
        final String dense;
        final String inner;
        final int blocks;
        final String trunk;
        final List<String> ups = new ArrayList<>();
        final String high;
        final String last;

        private Names(
                String first,
                String blockPrefix,
                String dense,
                String inner,
                int blocks,
                String trunk,
                String high,
                String last) {
            this.first = first;
            this.blockPrefix = blockPrefix;
            this.dense = dense;
            this.inner = inner;
            this.blocks = blocks;
            this.trunk = trunk;
            this.high = high;
            this.last = last;
        }

        String block(int index) {
            return blockPrefix + index + ".";
        }

        static Names of(Graph graph, String prefix) {
            return graph.has(prefix + "model.0.weight") ? first(graph, prefix) : later(graph, prefix);
        }

        /** The first program numbers the layers of a sequence, those without weights included. */
        private static Names first(Graph graph, String prefix) {
            String at = prefix + "model.";
            int doublings = 0;
            while (doublings < MOST_DOUBLINGS && !graph.has(at + (3 * doublings + 4) + ".weight")) {
                doublings++;
            }
            int blocks = graph.count(at + "1.sub.") - 1;
            Names names = new Names(
                    at + "0",
                    at + "1.sub.",
                    "RDB",
                    ".0",
                    blocks,
                    at + "1.sub." + blocks,
                    at + (3 * doublings + 2),
                    at + (3 * doublings + 4));
            for (int i = 1; i <= doublings; i++) {
                names.ups.add(at + 3 * i);
            }
            return names;
        }

        private static Names later(Graph graph, String prefix) {
            boolean trunk = graph.hasUnder(prefix + "RRDB_trunk.");
            String blocks = prefix + (trunk ? "RRDB_trunk." : "body.");
            Names names = new Names(
                    prefix + "conv_first",
                    blocks,
                    trunk ? "RDB" : "rdb",
                    "",
                    graph.count(blocks),
                    prefix + (trunk ? "trunk_conv" : "conv_body"),
                    prefix + (trunk ? "HRconv" : "conv_hr"),
                    prefix + "conv_last");
            String up = prefix + (trunk ? "upconv" : "conv_up");
            for (int i = 1; graph.has(up + i + ".weight"); i++) {
                names.ups.add(up + i);
            }
            return names;
        }
    }
}
