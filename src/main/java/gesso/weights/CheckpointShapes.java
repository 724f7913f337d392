package gesso.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names and shapes of the tensors of Stable Diffusion checkpoints, as the LDM program and its successors save them. */
public final class CheckpointShapes {
    private static final String UNET = "model.diffusion_model.";
    private static final int VOCABULARY = 49_408;
    private static final int POSITIONS = 77;

    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    private CheckpointShapes() {}

    /**
     * A UNet's structure.
     *
     * @param in channels of its input
     * @param channels of its first level, a multiple of 32
     * @param multiples of them, for each level
     * @param depth transformer blocks of each level's transformers; 0 for none
     * @param context width of the text's encoding
     * @param label width of the label vector; 0 for none
     * @param linear whether the transformers' projections are matrices instead of 1×1 convolutions
     */
    public record UNetShape(
            int in, int channels, int[] multiples, int[] depth, int context, int label, boolean linear) {}

    /** Stable Diffusion 1.5: 859.5 million parameters in the UNet, 123 in the text encoder, 84 in the VAE. */
    public static Map<String, long[]> sd15() {
        CheckpointShapes s = new CheckpointShapes();
        s.unet(new UNetShape(4, 320, new int[] {1, 2, 4, 4}, new int[] {1, 1, 1, 0}, 768, 0, false));
        s.clip("cond_stage_model.transformer.text_model.", VOCABULARY, 768, 12);
        s.vae(128);
        return s.shapes;
    }

    /** Stable Diffusion XL: 2,567 million parameters in the UNet. */
    public static Map<String, long[]> sdxl() {
        CheckpointShapes s = new CheckpointShapes();
        s.unet(new UNetShape(4, 320, new int[] {1, 2, 4}, new int[] {0, 2, 10}, 2048, 2816, true));
        s.clip("conditioner.embedders.0.transformer.text_model.", VOCABULARY, 768, 12);
        s.openClip("conditioner.embedders.1.model.", VOCABULARY, 1280, 32);
        s.vae(128);
        return s.shapes;
    }

    /**
     * A small checkpoint.
     *
     * @param vocabulary of its text encoder, CLIP ViT-L in structure
     * @param vaeChannels of the VAE's first level, whose others have 2, 4 and 4 times as many
     */
    public static Map<String, long[]> small(
            UNetShape unet, int vocabulary, int textWidth, int textLayers, int vaeChannels) {
        CheckpointShapes s = new CheckpointShapes();
        s.unet(unet);
        s.clip("cond_stage_model.transformer.text_model.", vocabulary, textWidth, textLayers);
        s.vae(vaeChannels);
        return s.shapes;
    }

    // ---- the UNet ----

    private void unet(UNetShape u) {
        int base = u.channels();
        int levels = u.multiples().length;
        int emb = 4 * base;
        linear(UNET + "time_embed.0", emb, base);
        linear(UNET + "time_embed.2", emb, emb);
        if (u.label() > 0) {
            linear(UNET + "label_emb.0.0", emb, u.label());
            linear(UNET + "label_emb.0.2", emb, emb);
        }
        conv(UNET + "input_blocks.0.0", base, u.in(), 3);
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
                conv(UNET + "input_blocks." + block + ".0.op", c, c, 3);
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
                    conv(at + (u.depth()[i] > 0 ? ".2.conv" : ".1.conv"), c, c, 3);
                }
            }
        }
        norm(UNET + "out.0", base);
        conv(UNET + "out.2", 4, base, 3);
    }

    private void unetLevel(String at, int in, int out, UNetShape u, int depth) {
        residual(at + ".0.", in, out, 4 * u.channels());
        if (depth > 0) {
            transformer(at + ".1.", out, u, depth);
        }
    }

    private void residual(String at, int in, int out, int emb) {
        norm(at + "in_layers.0", in);
        conv(at + "in_layers.2", out, in, 3);
        linear(at + "emb_layers.1", out, emb);
        norm(at + "out_layers.0", out);
        conv(at + "out_layers.3", out, out, 3);
        if (in != out) {
            conv(at + "skip_connection", out, in, 1);
        }
    }

    private void transformer(String at, int c, UNetShape u, int depth) {
        norm(at + "norm", c);
        project(at + "proj_in", c, u.linear());
        for (int i = 0; i < depth; i++) {
            String block = at + "transformer_blocks." + i + ".";
            attention(block + "attn1.", c, c);
            linear(block + "ff.net.0.proj", 8 * c, c);
            linear(block + "ff.net.2", c, 4 * c);
            attention(block + "attn2.", c, u.context());
            norm(block + "norm1", c);
            norm(block + "norm2", c);
            norm(block + "norm3", c);
        }
        project(at + "proj_out", c, u.linear());
    }

    private void attention(String at, int c, int from) {
        tensor(at + "to_q.weight", c, c);
        tensor(at + "to_k.weight", c, from);
        tensor(at + "to_v.weight", c, from);
        linear(at + "to_out.0", c, c);
    }

    private void project(String at, int c, boolean linear) {
        if (linear) {
            linear(at, c, c);
        } else {
            conv(at, c, c, 1);
        }
    }

    // ---- text encoders ----

    private void clip(String at, int vocabulary, int width, int layers) {
        tensor(at + "embeddings.token_embedding.weight", vocabulary, width);
        tensor(at + "embeddings.position_embedding.weight", POSITIONS, width);
        for (int i = 0; i < layers; i++) {
            String layer = at + "encoder.layers." + i + ".";
            for (String part : new String[] {"k_proj", "v_proj", "q_proj", "out_proj"}) {
                linear(layer + "self_attn." + part, width, width);
            }
            norm(layer + "layer_norm1", width);
            linear(layer + "mlp.fc1", 4 * width, width);
            linear(layer + "mlp.fc2", width, 4 * width);
            norm(layer + "layer_norm2", width);
        }
        norm(at + "final_layer_norm", width);
    }

    private void openClip(String at, int vocabulary, int width, int layers) {
        tensor(at + "positional_embedding", POSITIONS, width);
        tensor(at + "text_projection", width, width);
        tensor(at + "token_embedding.weight", vocabulary, width);
        for (int i = 0; i < layers; i++) {
            String layer = at + "transformer.resblocks." + i + ".";
            norm(layer + "ln_1", width);
            tensor(layer + "attn.in_proj_weight", 3L * width, width);
            tensor(layer + "attn.in_proj_bias", 3L * width);
            linear(layer + "attn.out_proj", width, width);
            norm(layer + "ln_2", width);
            linear(layer + "mlp.c_fc", 4 * width, width);
            linear(layer + "mlp.c_proj", width, 4 * width);
        }
        norm(at + "ln_final", width);
    }

    // ---- the VAE ----

    private void vae(int base) {
        int[] channels = {base, 2 * base, 4 * base, 4 * base};
        String at = "first_stage_model.encoder.";
        conv(at + "conv_in", base, 3, 3);
        int c = base;
        for (int i = 0; i < channels.length; i++) {
            c = vaeLevel(at + "down." + i + ".", c, channels[i], 2);
            if (i < channels.length - 1) {
                conv(at + "down." + i + ".downsample.conv", c, c, 3);
            }
        }
        vaeEnds(at, c, c, 8);
        at = "first_stage_model.decoder.";
        conv(at + "conv_in", c, 4, 3);
        int top = c;
        for (int i = channels.length - 1; i >= 0; i--) {
            c = vaeLevel(at + "up." + i + ".", c, channels[i], 3);
            if (i > 0) {
                conv(at + "up." + i + ".upsample.conv", c, c, 3);
            }
        }
        vaeEnds(at, top, c, 3);
        conv("first_stage_model.quant_conv", 8, 8, 1);
        conv("first_stage_model.post_quant_conv", 4, 4, 1);
    }

    private int vaeLevel(String at, int in, int out, int blocks) {
        int c = in;
        for (int j = 0; j < blocks; j++) {
            vaeResidual(at + "block." + j + ".", c, out);
            c = out;
        }
        return c;
    }

    private void vaeEnds(String at, int middle, int last, int out) {
        vaeResidual(at + "mid.block_1.", middle, middle);
        norm(at + "mid.attn_1.norm", middle);
        for (String part : new String[] {"q", "k", "v", "proj_out"}) {
            conv(at + "mid.attn_1." + part, middle, middle, 1);
        }
        vaeResidual(at + "mid.block_2.", middle, middle);
        norm(at + "norm_out", last);
        conv(at + "conv_out", out, last, 3);
    }

    private void vaeResidual(String at, int in, int out) {
        norm(at + "norm1", in);
        conv(at + "conv1", out, in, 3);
        norm(at + "norm2", out);
        conv(at + "conv2", out, out, 3);
        if (in != out) {
            conv(at + "nin_shortcut", out, in, 1);
        }
    }

    // ---- layers ----

    private void conv(String at, int out, int in, int kernel) {
        tensor(at + ".weight", out, in, kernel, kernel);
        tensor(at + ".bias", out);
    }

    private void linear(String at, int out, int in) {
        tensor(at + ".weight", out, in);
        tensor(at + ".bias", out);
    }

    private void norm(String at, int channels) {
        tensor(at + ".weight", channels);
        tensor(at + ".bias", channels);
    }

    private void tensor(String name, long... shape) {
        shapes.put(name, shape);
    }
}
