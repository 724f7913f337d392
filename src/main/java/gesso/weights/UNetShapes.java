package gesso.weights;

import gesso.weights.CheckpointShapes.UNetShape;
import java.util.Map;

/** The tensors of a UNet. */
final class UNetShapes {
    private static final String UNET = "model.diffusion_model.";

    private final LayerShapes layers = new LayerShapes();

    private UNetShapes() {}

    static Map<String, long[]> of(UNetShape shape) {
        UNetShapes shapes = new UNetShapes();
        shapes.write(shape);
        return shapes.layers.all();
    }

    private void write(UNetShape u) {
        int base = u.channels();
        int levels = u.multiples().length;
        int emb = 4 * base;
        layers.linear(UNET + "time_embed.0", emb, base);
        layers.linear(UNET + "time_embed.2", emb, emb);
        if (u.label() > 0) {
            layers.linear(UNET + "label_emb.0.0", emb, u.label());
            layers.linear(UNET + "label_emb.0.2", emb, emb);
        }
        layers.conv(UNET + "input_blocks.0.0", base, u.in(), 3);
        int[] skips = new int[3 * levels];
        skips[0] = base;
        int block = 1;
        int c = base;
        for (int i = 0; i < levels; i++) {
            int out = base * u.multiples()[i];
            for (int j = 0; j < 2; j++) {
                unetLevel(UNET + "input_blocks." + block, c, out, u, u.depth()[i]);
                c = out;
                skips[block++] = c;
            }
            if (i < levels - 1) {
                layers.conv(UNET + "input_blocks." + block + ".0.op", c, c, 3);
                skips[block++] = c;
            }
        }
        residual(UNET + "middle_block.0.", c, c, emb);
        transformer(UNET + "middle_block.1.", c, u, Math.max(1, u.depth()[levels - 1]));
        residual(UNET + "middle_block.2.", c, c, emb);
        int up = 0;
        for (int i = levels - 1; i >= 0; i--) {
            int out = base * u.multiples()[i];
            for (int j = 0; j < 3; j++) {
                String at = UNET + "output_blocks." + up++;
                unetLevel(at, c + skips[--block], out, u, u.depth()[i]);
                c = out;
                if (j == 2 && i > 0) {
                    layers.conv(at + (u.depth()[i] > 0 ? ".2.conv" : ".1.conv"), c, c, 3);
                }
            }
        }
        layers.norm(UNET + "out.0", base);
        layers.conv(UNET + "out.2", 4, base, 3);
    }

    private void unetLevel(String at, int in, int out, UNetShape u, int depth) {
        residual(at + ".0.", in, out, 4 * u.channels());
        if (depth > 0) {
            transformer(at + ".1.", out, u, depth);
        }
    }

    private void residual(String at, int in, int out, int emb) {
        layers.norm(at + "in_layers.0", in);
        layers.conv(at + "in_layers.2", out, in, 3);
        layers.linear(at + "emb_layers.1", out, emb);
        layers.norm(at + "out_layers.0", out);
        layers.conv(at + "out_layers.3", out, out, 3);
        if (in != out) {
            layers.conv(at + "skip_connection", out, in, 1);
        }
    }

    private void transformer(String at, int c, UNetShape u, int depth) {
        layers.norm(at + "norm", c);
        project(at + "proj_in", c, u.linear());
        for (int i = 0; i < depth; i++) {
            String block = at + "transformer_blocks." + i + ".";
            attention(block + "attn1.", c, c);
            layers.linear(block + "ff.net.0.proj", 8 * c, c);
            layers.linear(block + "ff.net.2", c, 4 * c);
            attention(block + "attn2.", c, u.context());
            layers.norm(block + "norm1", c);
            layers.norm(block + "norm2", c);
            layers.norm(block + "norm3", c);
        }
        project(at + "proj_out", c, u.linear());
    }

    private void attention(String at, int c, int from) {
        layers.tensor(at + "to_q.weight", c, c);
        layers.tensor(at + "to_k.weight", c, from);
        layers.tensor(at + "to_v.weight", c, from);
        layers.linear(at + "to_out.0", c, c);
    }

    private void project(String at, int c, boolean linear) {
        if (linear) {
            layers.linear(at, c, c);
        } else {
            layers.conv(at, c, c, 1);
        }
    }
}
