package gesso.weights.lora;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How networks name the layers of a text encoder: as transformers does, whichever way the checkpoint names them. */
final class TextNames {
    private static final Map<String, String> OPEN_CLIP = Map.of(
            "ln_1", "layer_norm1",
            "ln_2", "layer_norm2",
            "attn.out_proj", "self_attn.out_proj",
            "mlp.c_fc", "mlp.fc1",
            "mlp.c_proj", "mlp.fc2");
    private static final List<String> FUSED = List.of("q_proj", "k_proj", "v_proj");

    private TextNames() {}

    /**
     * What the names begin with.
     *
     * @param second whether it is SDXL's second encoder, or another of OpenCLIP's
     * @param only whether the model has no other, so that numbers say nothing
     */
    static List<String> heads(boolean second, boolean only) {
        List<String> first = List.of("lora_te_", "lora_te1_", "text_encoder_", "oft_te_", "oft_te1_", "lycoris_te_");
        List<String> other = List.of("lora_te2_", "text_encoder_2_", "oft_te2_");
        if (only) {
            List<String> both = new ArrayList<>(first);
            both.addAll(other);
            return both;
        }
        return second ? other : first;
    }

    /** The names of a layer, which the checkpoint calls so after its encoder's prefix. */
    static List<String> of(String inside) {
        String[] part = inside.split("\\.", 4);
        if (inside.startsWith("transformer.resblocks.") && part.length == 4) {
            String rest = OPEN_CLIP.get(part[3]);
            return rest == null ? List.of() : inLayer(part[2], rest);
        }
        if (inside.startsWith("encoder.layers.") && part.length == 4) {
            return inLayer(part[2], part[3]);
        }
        return switch (inside) {
            case "token_embedding" -> List.of("text_model.embeddings.token_embedding");
            case "ln_final" -> List.of("text_model.final_layer_norm");
            default -> List.of("text_model." + inside);
        };
    }

    /** The names of the queries', keys' and values' layers in OpenCLIP's fused tensor. */
    static List<List<String>> ofFused(String key) {
        String number = key.split("\\.", 4)[2];
        return FUSED.stream().map(name -> inLayer(number, "self_attn." + name)).toList();
    }

    /** Diffusers' first LoRAs said {@code to_q} for {@code q_proj} here too. */
    private static List<String> inLayer(String number, String rest) {
        String at = "text_model.encoder.layers." + number + ".";
        if (!rest.startsWith("self_attn.")) {
            return List.of(at + rest);
        }
        String name = rest.substring("self_attn.".length());
        String older = name.equals("out_proj") ? "to_out" : "to_" + name.charAt(0);
        return List.of(at + rest, at + "self_attn." + older);
    }
}
