package gesso.weights;

import java.util.List;

/** Knows a LoRA (in kohya's, diffusers' or LyCORIS' form) and the model that it was made for. */
final class LoraProbe {
    private static final List<String> MARKS = List.of(
            ".lora_down.weight",
            ".lora_A.weight",
            ".lora_A.default.weight",
            "lora.down.weight",
            ".hada_w1_a",
            ".lokr_w1",
            ".lokr_w1_a",
            ".oft_blocks",
            ".oft_diag",
            ".a1.weight",
            ".on_input");

    /** Weights given whole, which kohya's names alone tell from those of a model. */
    private static final List<String> WHOLE = List.of(".diff", ".diff_b", ".w_norm");

    private final Keys keys;

    LoraProbe(Keys keys) {
        this.keys = keys;
    }

    boolean found() {
        return keys.any(name -> MARKS.stream().anyMatch(name::endsWith)
                || (isKohya(name) && WHOLE.stream().anyMatch(name::endsWith)));
    }

    Naming naming() {
        return keys.any(LoraProbe::isKohya) ? Naming.KOHYA : Naming.DIFFUSERS;
    }

    private static boolean isKohya(String name) {
        return name.startsWith("lora_") || name.startsWith("lycoris_");
    }

    Architecture architecture() {
        if (has("double_blocks") || has("single_transformer_blocks")) {
            return has("distilled_guidance_layer") ? Architecture.CHROMA : Architecture.FLUX;
        }
        if (has("joint_blocks") || has("add_q_proj")) {
            return Architecture.SD3;
        }
        if (keys.hasPrefix("lora_te2_") || keys.hasPrefix("text_encoder_2.")) {
            return Architecture.SDXL;
        }
        Architecture byWidth = ModelInfo.byContextWidth(contextWidth());
        if (byWidth != Architecture.UNKNOWN) {
            return byWidth;
        }
        if (has("transformer_blocks_1_") || has("transformer_blocks.1.")) {
            return Architecture.SDXL;
        }
        int text = (int) Math.max(
                input("lora_te_text_model_encoder_layers_0_mlp_fc1"),
                input("text_encoder.text_model.encoder.layers.0.mlp.fc1"));
        return text == 768 ? Architecture.SD1 : text == 1024 ? Architecture.SD2 : Architecture.UNKNOWN;
    }

    private boolean has(String part) {
        return keys.any(name -> name.contains(part));
    }

    /** Width of the text that the attention which it changes reads; 0 where it changes none. */
    int contextWidth() {
        for (String layer : List.of("attn2_to_k", "attn2.to_k", "attn2.processor.to_k", "attn2_to_v", "attn2.to_v")) {
            for (String mark :
                    List.of(".lora_down.weight", ".lora_A.weight", ".lora.down.weight", "_lora.down.weight")) {
                long width = keys.dim(keys.find("", layer + mark), 1);
                if (width > 0) {
                    return (int) width;
                }
            }
            long hadamard = keys.dim(keys.find("", layer + ".hada_w1_b"), 1);
            long kronecker = kronecker(layer);
            long width = Math.max(Math.max(hadamard, kronecker), keys.dim(keys.find("", layer + ".diff"), 1));
            if (width > 0) {
                return (int) width;
            }
        }
        return 0;
    }

    /** Columns of a Kronecker product: those of its factors, each whole or as a product itself, multiplied. */
    private long kronecker(String layer) {
        return factor(layer, 1) * factor(layer, 2);
    }

    private long factor(String layer, int n) {
        long whole = keys.dim(keys.find("", layer + ".lokr_w" + n), 1);
        return whole > 0 ? whole : keys.dim(keys.find("", layer + ".lokr_w" + n + "_b"), 1);
    }

    private long input(String layer) {
        return Math.max(keys.dim(layer + ".lora_down.weight", 1), keys.dim(layer + ".lora_A.weight", 1));
    }
}
