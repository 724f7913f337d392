package gesso.weights;

import java.util.Map;

/** The tensors of a VAE of four levels. */
final class VaeShapes {
    private final LayerShapes layers = new LayerShapes();

    private VaeShapes() {}

    /** The others of the levels are 2, 4 and 4 times as wide as the first. */
    static Map<String, long[]> of(int first) {
        VaeShapes shapes = new VaeShapes();
        shapes.write(first);
        return shapes.layers.all();
    }

    private void write(int base) {
        int[] channels = {base, 2 * base, 4 * base, 4 * base};
        String at = "first_stage_model.encoder.";
        layers.conv(at + "conv_in", base, 3, 3);
        int c = base;
        for (int i = 0; i < channels.length; i++) {
            c = level(at + "down." + i + ".", c, channels[i], 2);
            if (i < channels.length - 1) {
                layers.conv(at + "down." + i + ".downsample.conv", c, c, 3);
            }
        }
        ends(at, c, c, 8);
        at = "first_stage_model.decoder.";
        layers.conv(at + "conv_in", c, 4, 3);
        int top = c;
        for (int i = channels.length - 1; i >= 0; i--) {
            c = level(at + "up." + i + ".", c, channels[i], 3);
            if (i > 0) {
                layers.conv(at + "up." + i + ".upsample.conv", c, c, 3);
            }
        }
        ends(at, top, c, 3);
        layers.conv("first_stage_model.quant_conv", 8, 8, 1);
        layers.conv("first_stage_model.post_quant_conv", 4, 4, 1);
    }

    private int level(String at, int in, int out, int blocks) {
        int c = in;
        for (int j = 0; j < blocks; j++) {
            residual(at + "block." + j + ".", c, out);
            c = out;
        }
        return c;
    }

    private void ends(String at, int middle, int last, int out) {
        residual(at + "mid.block_1.", middle, middle);
        layers.norm(at + "mid.attn_1.norm", middle);
        for (String part : new String[] {"q", "k", "v", "proj_out"}) {
            layers.conv(at + "mid.attn_1." + part, middle, middle, 1);
        }
        residual(at + "mid.block_2.", middle, middle);
        layers.norm(at + "norm_out", last);
        layers.conv(at + "conv_out", out, last, 3);
    }

    private void residual(String at, int in, int out) {
        layers.norm(at + "norm1", in);
        layers.conv(at + "conv1", out, in, 3);
        layers.norm(at + "norm2", out);
        layers.conv(at + "conv2", out, out, 3);
        if (in != out) {
            layers.conv(at + "nin_shortcut", out, in, 1);
        }
    }
}
