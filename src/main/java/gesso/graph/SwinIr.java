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
                scale = images.shuffledScale(up);
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
                y = block(at + "residual_group.blocks." + j + ".", y, first, j % 2 != 0);
            }
            String planes = images.oneOrThree(at + "conv", layers.toPlanes(y, first));
            tokens = layers.add(layers.toTokens(planes), tokens);
        }
        return layers.toPlanes(layers.layerNorm(prefix + "norm", tokens), first);
    }

    private String block(String at, String tokens, String like, boolean shifted) {
        String x = layers.toPlanes(layers.layerNorm(at + "norm1", tokens), like);
        Windows.Split split = windows.split(shifted ? windows.shifted(x) : x);
        String attended = attention(at + "attn.", split.windows(), shifted ? windows.mask(like) : null);
        String joined = windows.join(attended, split);
        String y = layers.add(tokens, layers.toTokens(shifted ? windows.shiftedBack(joined) : joined));
        String hidden = layers.gelu(layers.linear(at + "mlp.fc1", layers.layerNorm(at + "norm2", y)));
        return layers.add(y, layers.linear(at + "mlp.fc2", hidden));
    }

    private String attention(String at, String x, @Nullable String mask) {
        List<String> qkv = layers.split(layers.linear(at + "qkv", x), 3, 2);
        String key = at + "relative_position_bias_table";
        int heads = graph.dim(key, 2, 1);
        String table = layers.wide(graph.inline(key, windows.distances(), heads), heads);
        return layers.linear(at + "proj", windows.attention(qkv, windows.bias(table), mask));
    }
}
