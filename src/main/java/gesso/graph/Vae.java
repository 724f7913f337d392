package gesso.graph;

import gesso.graph.Onnx.ElementType;
import gesso.weights.WeightFile;
import java.util.List;

/**
 * The autoencoder between pixels and latents ({@code AutoencoderKL} of the LDM program, whose names it reads). A level may
 * have any number of residual blocks, none included.
 */
public final class Vae {
    private static final float EPSILON = 1e-6f;
    // AutoencoderKL's own limits of the log-variance.
    private static final float MIN_LOGVAR = -30;
    private static final float MAX_LOGVAR = 20;

    private final Graph graph;
    private final Layers layers;
    private final String prefix;

    private Vae(Graph graph, String prefix) {
        this.graph = graph;
        this.layers = new Layers(graph);
        this.prefix = prefix;
    }

    /**
     * Input: {@code image} [n, 3, H, W] in −1..1. Outputs: {@code mean} and {@code logvar} [n, 4, H/8, W/8] of the latents'
     * distribution, not yet scaled.
     *
     * @param prefix of its tensors' names, {@code first_stage_model.} in a checkpoint and empty in a file of its own
     */
    public static OnnxModel encoder(WeightFile file, String prefix) {
        Graph graph = new Graph("VAE encoder", file);
        new Vae(graph, prefix).writeEncoder();
        return graph.build();
    }

    /** Input: {@code latent} [n, 4, h, w], unscaled. Output: {@code image} [n, 3, 8h, 8w], about −1..1. */
    public static OnnxModel decoder(WeightFile file, String prefix) {
        Graph graph = new Graph("VAE decoder", file);
        new Vae(graph, prefix).writeDecoder();
        return graph.build();
    }

    private void writeEncoder() {
        String at = prefix + "encoder.";
        int in = graph.dim(at + "conv_in.weight", 4, 1);
        String image = layers.wide(graph.input("image", ElementType.FLOAT, "n", in, "H", "W"), in);
        String x = layers.conv(at + "conv_in", image);
        int levels = graph.count(at + "down.");
        for (int i = 0; i < levels; i++) {
            String level = at + "down." + i + ".";
            x = blocks(level, x);
            if (graph.hasUnder(level + "downsample.")) {
                x = layers.conv(level + "downsample.conv", x, 2, 0, 1);
            }
        }
        x = head(at, middle(at, x));
        if (graph.has(prefix + "quant_conv.weight")) {
            x = layers.conv(prefix + "quant_conv", x);
        }
        List<String> moments = layers.split(x, 2, 1);
        int latent = layers.width(moments.get(0));
        graph.output("mean", moments.get(0), "n", latent, "h", "w");
        String bounded =
                graph.op("Clip", List.of(moments.get(1), scalar("min", MIN_LOGVAR), scalar("max", MAX_LOGVAR)));
        graph.output("logvar", bounded, "n", latent, "h", "w");
    }

    private void writeDecoder() {
        String at = prefix + "decoder.";
        boolean quantized = graph.has(prefix + "post_quant_conv.weight");
        int in = graph.dim(quantized ? prefix + "post_quant_conv.weight" : at + "conv_in.weight", 4, 1);
        String x = layers.wide(graph.input("latent", ElementType.FLOAT, "n", in, "h", "w"), in);
        if (quantized) {
            x = layers.conv(prefix + "post_quant_conv", x);
        }
        x = middle(at, layers.conv(at + "conv_in", x));
        for (int i = graph.count(at + "up.") - 1; i >= 0; i--) {
            String level = at + "up." + i + ".";
            x = blocks(level, x);
            if (graph.hasUnder(level + "upsample.")) {
                x = layers.conv(level + "upsample.conv", layers.upsample(x));
            }
        }
        String image = head(at, x);
        graph.output("image", image, "n", layers.width(image), "H", "W");
    }

    private String blocks(String level, String x) {
        String y = x;
        int blocks = graph.count(level + "block.");
        for (int j = 0; j < blocks; j++) {
            y = residual(level + "block." + j + ".", y);
            if (graph.hasUnder(level + "attn." + j + ".")) {
                y = attention(level + "attn." + j + ".", y);
            }
        }
        return y;
    }

    private String middle(String at, String x) {
        String y = residual(at + "mid.block_1.", x);
        y = attention(at + "mid.attn_1.", y);
        return residual(at + "mid.block_2.", y);
    }

    private String head(String at, String x) {
        return layers.conv(at + "conv_out", layers.silu(layers.groupNorm(at + "norm_out", x, EPSILON)));
    }

    private String residual(String at, String x) {
        String h = layers.conv(at + "conv1", layers.silu(layers.groupNorm(at + "norm1", x, EPSILON)));
        String y = layers.conv(at + "conv2", layers.silu(layers.groupNorm(at + "norm2", h, EPSILON)));
        String skip = graph.has(at + "nin_shortcut.weight") ? layers.conv(at + "nin_shortcut", x) : x;
        return layers.add(skip, y);
    }

    /** Self-attention of all pixels with one head as wide as the channels. */
    private String attention(String at, String x) {
        String h = layers.groupNorm(at + "norm", x, EPSILON);
        String attended = layers.attention(project(at + "q", h), project(at + "k", h), project(at + "v", h), 1);
        boolean linear = graph.shape(at + "proj_out.weight").length == 2;
        String planes = linear
                ? layers.toPlanes(layers.linear(at + "proj_out", attended), x)
                : layers.conv(at + "proj_out", layers.toPlanes(attended, x));
        return layers.add(x, planes);
    }

    /** [B, C, h, w] → [B, h·w, C]; a file may hold the projection as a 1×1 convolution or as a matrix. */
    private String project(String at, String h) {
        return graph.shape(at + ".weight").length == 2
                ? layers.linear(at, layers.toTokens(h))
                : layers.toTokens(layers.conv(at, h));
    }

    private String scalar(String constant, float value) {
        return graph.floats(constant, new float[] {value});
    }
}
