package gesso.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SwinIR (Liang et al. 2021): transformers that look through windows, every second time shifted by half of one. All its ends are
 * read: pixel shuffle (classical), direct pixel shuffle (lightweight), nearest and convolution (real-world), none (restoration).
 */
final class SwinIr {
    private static final float SLOPE = 0.2f;
    private static final float SLOPE_BEFORE = 0.01f;
    /** The models that take compression's traces away have windows of 7, and work with 0–255. */
    private static final int RESTORING_WINDOW = 7;

    private final Graph graph;
    private final Layers layers;
    private final ImageLayers images;
    private final String prefix;
    private final int window;
    private final Windows windows;

    private SwinIr(Graph graph, String prefix) {
        this.graph = graph;
        this.prefix = prefix;
        layers = new Layers(graph);
        images = new ImageLayers(graph, layers);
        int rows = graph.dim(prefix + "layers.0.residual_group.blocks.0.attn.relative_position_bias_table", 2, 0);
        window = (images.root(rows) + 1) / 2;
        windows = new Windows(graph, layers, window, window);
    }

    static Upscalers.Built build(Graph graph, String prefix) {
        return new SwinIr(graph, prefix).write();
    }

    private Upscalers.Built write() {
        float range = window == RESTORING_WINDOW ? 255 : 1;
        String image = Upscalers.input(graph, layers, graph.dim(prefix + "conv_first.weight", 4, 1));
        String x = images.centered(image, range);
        String first = layers.conv(prefix + "conv_first", x);
        String body = images.oneOrThree(prefix + "conv_after_body", features(first));
        String y = layers.add(body, first);
        int scale = 1;
        String up = prefix + "upsample";
        if (graph.has(prefix + "conv_before_upsample.0.weight")) {
            y = images.leakyRelu(layers.conv(prefix + "conv_before_upsample.0", y), SLOPE_BEFORE);
            if (graph.has(prefix + "conv_up1.weight")) {
                for (int i = 1; graph.has(prefix + "conv_up" + i + ".weight"); i++) {
                    y = images.leakyRelu(layers.conv(prefix + "conv_up" + i, images.enlarge(y, 2)), SLOPE);
                    scale *= 2;
                }
                y = images.leakyRelu(layers.conv(prefix + "conv_hr", y), SLOPE);
            } else {
                for (int i = 0; graph.has(up + "." + i + ".weight"); i += 2) {
                    scale *= images.root(graph.dim(up + "." + i + ".weight", 4, 0) / layers.width(y));
                }
                y = images.shuffledUp(up, y);
            }
            y = layers.conv(prefix + "conv_last", y);
        } else if (graph.has(up + ".0.weight")) {
            String wide = layers.conv(up + ".0", y);
            scale = images.root(layers.width(wide) / layers.width(image));
            y = images.pixelShuffle(wide, scale);
        } else {
            y = layers.add(layers.conv(prefix + "conv_last", y), x);
        }
        graph.output("made", images.uncentered(y, range), 1, layers.width(y), "H", "W");
        return new Upscalers.Built(scale, window);
    }

    private String features(String first) {
        String tokens = layers.layerNorm(prefix + "patch_embed.norm", layers.toTokens(first));
        int groups = graph.count(prefix + "layers.");
        for (int i = 0; i < groups; i++) {
            String at = prefix + "layers." + i + ".";
            String y = tokens;
            int blocks = graph.count(at + "residual_group.blocks.");
            for (int j = 0; j < blocks; j++) {
                y = block(at + "residual_group.blocks." + j + ".", y, first, j % 2 == 0 ? 0 : window / 2);
            }
            String planes = images.oneOrThree(at + "conv", layers.toPlanes(y, first));
            tokens = layers.add(layers.toTokens(planes), tokens);
        }
        return layers.toPlanes(layers.layerNorm(prefix + "norm", tokens), first);
    }

    private String block(String at, String tokens, String like, int shift) {
        String x = layers.toPlanes(layers.layerNorm(at + "norm1", tokens), like);
        Windows.Split split = windows.split(shift == 0 ? x : windows.rolled(x, shift, shift));
        String attended =
                attention(at + "attn.", split.windows(), shift == 0 ? null : windows.mask(like, shift, shift));
        String joined = windows.join(attended, split);
        String y = layers.add(tokens, layers.toTokens(shift == 0 ? joined : windows.rolled(joined, -shift, -shift)));
        String hidden = layers.gelu(layers.linear(at + "mlp.fc1", layers.layerNorm(at + "norm2", y)));
        return layers.add(y, layers.linear(at + "mlp.fc2", hidden));
    }

    private String attention(String at, String x, @Nullable String mask) {
        int heads = graph.dim(at + "relative_position_bias_table", 2, 1);
        List<String> qkv = layers.split(layers.linear(at + "qkv", x), 3, 2);
        int each = layers.width(x) / Math.max(heads, 1);
        if (each * heads != layers.width(x)) {
            throw graph.unusable("an attention of " + heads + " heads in it is " + layers.width(x) + " wide");
        }
        String scores = graph.op(
                "com.microsoft.FusedMatMul",
                List.of(heads(qkv.get(0), heads, each), heads(qkv.get(1), heads, each)),
                Attribute.of("transB", 1L),
                Attribute.of("alpha", (float) (1 / Math.sqrt(each))));
        scores = graph.op("Add", List.of(scores, bias(at, heads)));
        if (mask != null) {
            scores = graph.op("Add", List.of(scores, mask));
        }
        String weights = graph.op("Softmax", List.of(scores), Attribute.of("axis", -1L));
        String values = graph.op("MatMul", List.of(weights, heads(qkv.get(2), heads, each)));
        String turned = graph.op("Transpose", List.of(values), Attribute.ints("perm", 0, 2, 1, 3));
        String whole = graph.op("Reshape", List.of(turned, graph.ints(0, 0, layers.width(x))));
        return layers.linear(at + "proj", layers.like(x, whole));
    }

    private String heads(String x, int heads, int each) {
        String apart = graph.op("Reshape", List.of(x, graph.ints(0, 0, heads, each)));
        return graph.op("Transpose", List.of(apart), Attribute.ints("perm", 0, 2, 1, 3));
    }

    /** [1, heads, w², w²]: a number for each distance between two pixels of a window. */
    private String bias(String at, int heads) {
        String key = at + "relative_position_bias_table";
        String table = graph.inline(key, graph.shape(key));
        int side = window * window;
        float[] places = new float[side * side];
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
                int down = i / window - j / window + window - 1;
                int across = i % window - j % window + window - 1;
                places[i * side + j] = down * (2 * window - 1) + across;
            }
        }
        String exact = graph.floats("places", places, (long) side * side);
        String index = graph.op("Cast", List.of(exact), Attribute.of("to", 7L));
        String all = graph.op("Gather", List.of(table, index));
        String pairs = graph.op("Reshape", List.of(all, graph.ints(1, side, side, heads)));
        return graph.op("Transpose", List.of(pairs), Attribute.ints("perm", 0, 3, 1, 2));
    }
}
