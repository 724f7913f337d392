package gesso.weights;

import java.util.List;
import java.util.Map;

/**
 * Finds a UNet, or a ControlNet's half of one, and tells whose it is. Text widths and the place of the transformers decide, as
 * in ComfyUI's model detection; where the widths are nobody's (small models), the form of the layers does.
 */
final class UnetProbe {
    private static final List<String> PREFIXES =
            List.of("model.diffusion_model.", "diffusion_model.", "unet.", "model.", "");

    private final Keys keys;
    private final String prefix;
    private final Naming naming;

    private UnetProbe(Keys keys, String prefix, Naming naming) {
        this.keys = keys;
        this.prefix = prefix;
        this.naming = naming;
    }

    /** The UNet in a file; its naming is OTHER where there is none. */
    static UnetProbe find(Keys keys) {
        for (String prefix : PREFIXES) {
            if (keys.has(prefix + "input_blocks.0.0.weight") && keys.hasPrefix(prefix + "output_blocks.0.")) {
                return new UnetProbe(keys, prefix, Naming.LDM);
            }
            if (keys.has(prefix + "conv_in.weight")
                    && keys.hasPrefix(prefix + "down_blocks.0.")
                    && keys.hasPrefix(prefix + "up_blocks.0.")) {
                return new UnetProbe(keys, prefix, Naming.DIFFUSERS);
            }
        }
        return new UnetProbe(keys, "", Naming.OTHER);
    }

    /** The encoder half of a UNet in a ControlNet. */
    static UnetProbe control(Keys keys, String prefix, Naming naming) {
        return new UnetProbe(keys, prefix, naming);
    }

    boolean found() {
        return naming != Naming.OTHER;
    }

    Naming naming() {
        return naming;
    }

    /** Channels of the input: 4, or 9 with a mask and a masked picture, or 8 with a picture. */
    int inputChannels() {
        return (int) keys.dim(prefix + (naming == Naming.LDM ? "input_blocks.0.0.weight" : "conv_in.weight"), 1);
    }

    /** Width of the text that it attends to; 0 where it attends to none. */
    int contextWidth() {
        return (int) keys.dim(keys.find(prefix, ".attn2.to_k.weight"), 1);
    }

    /** UNets that have what no Stable Diffusion has: names by diffusers' classes and ComfyUI's model detection. */
    private static final List<Map.Entry<String, Architecture>> FOREIGN = List.of(
            Map.entry("time_embed.cond_proj.weight", Architecture.GUIDED_LCM),
            Map.entry("time_embedding.cond_proj.weight", Architecture.GUIDED_LCM),
            Map.entry("add_embedding.image_proj.weight", Architecture.KANDINSKY_2),
            Map.entry("add_time_condition.attention.to_q.weight", Architecture.KANDINSKY_3),
            Map.entry("add_embedding.pool.positional_embedding", Architecture.DEEPFLOYD_IF));

    /** Width of the pooled vector and sizes that it is given beside the time; 0 where it is given none. */
    private long vectorWidth() {
        return Math.max(
                keys.dim(prefix + "label_emb.0.0.weight", 1),
                Math.max(
                        keys.dim(prefix + "add_embedding.linear_1.weight", 1),
                        keys.dim(prefix + "class_embedding.linear_1.weight", 1)));
    }

    Architecture architecture() {
        if (keys.any(name -> name.startsWith(prefix) && name.contains(".time_stack."))
                || keys.any(name -> name.startsWith(prefix) && name.contains(".temporal_transformer_blocks."))) {
            return Architecture.STABLE_VIDEO;
        }
        for (Map.Entry<String, Architecture> mark : FOREIGN) {
            if (keys.has(prefix + mark.getKey())) {
                return mark.getValue();
            }
        }
        if (contextWidth() == 0 && vectorWidth() == 0) {
            return Architecture.UNKNOWN;
        }
        return vectorWidth() > 0 ? withVector() : withoutVector();
    }

    private Architecture withVector() {
        if (keys.has("edm_mean")) {
            return Architecture.PLAYGROUND_2_5;
        }
        if (keys.has("edm_vpred.sigma_max")) {
            return Architecture.COSXL;
        }
        if (keys.hasPrefix("conditioner.embedders.1.model.")) {
            return depth();
        }
        int width = contextWidth();
        if (width == 1280 || vectorWidth() == 2560 || keys.hasPrefix("conditioner.embedders.0.model.")) {
            return Architecture.SDXL_REFINER;
        }
        if (width == 1024) {
            return Architecture.SD2_UNCLIP;
        }
        return vectorWidth() == 5632 || keys.has(prefix + "encoder_hid_proj.weight") ? Architecture.KOLORS : depth();
    }

    /** SDXL or one of its distilled forms. */
    private Architecture depth() {
        boolean ldm = naming == Naming.LDM;
        String middle = prefix + (ldm ? "middle_block.1.transformer_blocks." : "mid_block.attentions.0.");
        // The deepest level's first transformers: SDXL's last level begins with input block 7 (5 with one block a
        // level).
        int deepest = ldm
                ? Math.max(blocks("input_blocks.7.1."), blocks("input_blocks.5.1."))
                : blocks("down_blocks.2.attentions.0.");
        if (keys.hasPrefix(middle)) {
            boolean oneBlock = !keys.hasPrefix(prefix + (ldm ? "input_blocks.6." : "down_blocks.0.resnets.1."));
            return oneBlock && deepest == 6 ? Architecture.KOALA : Architecture.SDXL;
        }
        return switch (deepest) {
            case 2 -> Architecture.SEGMIND_VEGA;
            case 4 -> Architecture.SSD_1B;
            case 5 -> Architecture.KOALA;
            default -> Architecture.SDXL;
        };
    }

    private int blocks(String place) {
        return keys.count(prefix + place + "transformer_blocks.");
    }

    private Architecture withoutVector() {
        if (keys.hasPrefix("depth_model.")) {
            return Architecture.SD2_DEPTH;
        }
        if (keys.hasPrefix("cond_stage_model.roberta.")) {
            return Architecture.ALT_DIFFUSION;
        }
        if (keys.has("cc_projection.weight")) {
            return Architecture.STABLE_ZERO123;
        }
        if (inputChannels() == 7) {
            return Architecture.SD_X4_UPSCALER;
        }
        if (keys.hasPrefix("cond_stage_model.transformer.")) {
            return Architecture.SD1;
        }
        if (keys.hasPrefix("cond_stage_model.model.") || contextWidth() == 1024) {
            return Architecture.SD2;
        }
        // SD2 came with linear projections around its transformers, SD1 with 1×1 convolutions.
        return contextWidth() == 768 || keys.rank(keys.find(prefix, ".proj_in.weight")) == 4
                ? Architecture.SD1
                : Architecture.SD2;
    }
}
