package gesso.weights;

import java.util.List;
import java.util.Map;

/** Knows the denoisers that are no UNet by the one tensor that each alone has; none of them runs here yet. */
final class DenoiserProbe {
    private static final List<String> PREFIXES =
            List.of("model.diffusion_model.", "transformer.", "model.", "net.", "");

    /** From ComfyUI's model detection and diffusers' class definitions; the first that is found decides. */
    private static final List<Map.Entry<String, Architecture>> MARKS = List.of(
            Map.entry("joint_blocks.0.context_block.attn.qkv.weight", Architecture.SD3),
            Map.entry("distilled_guidance_layer.", Architecture.CHROMA),
            Map.entry("double_blocks.0.img_attn.norm.key_norm.", Architecture.FLUX),
            Map.entry("txt_in.individual_token_refiner.", Architecture.HUNYUAN_VIDEO),
            Map.entry("double_layers.0.attn.w1q.weight", Architecture.AURA_FLOW),
            Map.entry("joint_transformer_blocks.0.attn.add_k_proj.weight", Architecture.AURA_FLOW),
            Map.entry("mlp_t5.0.weight", Architecture.HUNYUAN_DIT),
            Map.entry("t_block.1.weight", Architecture.PIXART),
            Map.entry("clf.1.weight", Architecture.STABLE_CASCADE),
            Map.entry("t5_yproj.weight", Architecture.MOCHI),
            Map.entry("head.modulation", Architecture.WAN),
            Map.entry("cap_embedder.1.weight", Architecture.LUMINA_2),
            Map.entry("caption_projection.0.linear.weight", Architecture.HIDREAM),
            Map.entry("txt_norm.weight", Architecture.QWEN_IMAGE),
            Map.entry("blocks.block0.blocks.0.block.attn.to_q.0.weight", Architecture.COSMOS),
            Map.entry("single_transformer_blocks.0.attn.norm_q.weight", Architecture.FLUX),
            Map.entry("transformer_blocks.0.attn.add_q_proj.weight", Architecture.SD3));

    private DenoiserProbe() {}

    static Architecture find(Keys keys) {
        for (String prefix : PREFIXES) {
            for (Map.Entry<String, Architecture> mark : MARKS) {
                if (keys.hasPrefix(prefix + mark.getKey())) {
                    return mark.getValue();
                }
            }
            if (keys.has(prefix + "adaln_single.emb.timestep_embedder.linear_1.bias")) {
                return keys.has(prefix + "pos_embed.proj.bias") ? Architecture.PIXART : Architecture.LTX_VIDEO;
            }
        }
        return Architecture.UNKNOWN;
    }
}
