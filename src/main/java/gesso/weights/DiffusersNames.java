package gesso.weights;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that the LDM program gives to the tensors of diffusers' UNets and VAEs, whose blocks it counts in one row: the
 * inverse of diffusers' {@code convert_ldm_unet_checkpoint} and {@code convert_ldm_vae_checkpoint}. A name that no rule knows
 * stays as it is.
 */
final class DiffusersNames {
    private static final Pattern UNET_PART = Pattern.compile(
            "((?:down_blocks|up_blocks)\\.\\d+\\.(?:resnets|attentions|downsamplers|upsamplers)\\.\\d+|mid_block\\.(?:resnets|attentions)\\.\\d+)\\.(.+)");

    private static final Map<String, String> UNET_OUTER = Map.of(
            "time_embedding.linear_1", "time_embed.0",
            "time_embedding.linear_2", "time_embed.2",
            "add_embedding.linear_1", "label_emb.0.0",
            "add_embedding.linear_2", "label_emb.0.2",
            "class_embedding.linear_1", "label_emb.0.0",
            "class_embedding.linear_2", "label_emb.0.2",
            "conv_in", "input_blocks.0.0",
            "conv_norm_out", "out.0",
            "conv_out", "out.2");

    private static final Map<String, String> RESNET = Map.of(
            "norm1", "in_layers.0",
            "conv1", "in_layers.2",
            "time_emb_proj", "emb_layers.1",
            "norm2", "out_layers.0",
            "conv2", "out_layers.3",
            "conv_shortcut", "skip_connection");

    private static final Pattern VAE_PART = Pattern.compile(
            "(encoder|decoder)\\.(?:(mid_block)|(?:down|up)_blocks\\.(\\d+))\\.(resnets|attentions|downsamplers|upsamplers)\\.(\\d+)\\.(.+)\\.(weight|bias)");

    /** Both spellings that diffusers had; the second is of before 0.17. */
    private static final Map<String, String> VAE_ATTENTION = Map.of(
            "group_norm", "norm",
            "to_q", "q",
            "to_k", "k",
            "to_v", "v",
            "to_out.0", "proj_out",
            "query", "q",
            "key", "k",
            "value", "v",
            "proj_attn", "proj_out");

    private DiffusersNames() {}

    /** Gives a name, without what stands before a network's names, its other one. */
    interface Translation {
        String of(String name);
    }

    /** @param at what stands before the UNet's names */
    static Translation unet(Keys keys, String at) {
        Map<String, String> parts = new HashMap<>();
        int in = 1;
        for (int i = 0; keys.hasPrefix(at + "down_blocks." + i + "."); i++) {
            String block = "down_blocks." + i + ".";
            for (int j = 0; keys.hasPrefix(at + block + "resnets." + j + "."); j++) {
                parts.put(block + "resnets." + j, "input_blocks." + in + ".0");
                parts.put(block + "attentions." + j, "input_blocks." + in++ + ".1");
            }
            if (keys.hasPrefix(at + block + "downsamplers.0.")) {
                parts.put(block + "downsamplers.0", "input_blocks." + in++ + ".0");
            }
        }
        int out = 0;
        for (int i = 0; keys.hasPrefix(at + "up_blocks." + i + "."); i++) {
            String block = "up_blocks." + i + ".";
            for (int j = 0; keys.hasPrefix(at + block + "resnets." + j + "."); j++) {
                parts.put(block + "resnets." + j, "output_blocks." + out + ".0");
                parts.put(block + "attentions." + j, "output_blocks." + out++ + ".1");
            }
            boolean attends = keys.hasPrefix(at + block + "attentions.");
            parts.put(block + "upsamplers.0", "output_blocks." + (out - 1) + (attends ? ".2" : ".1"));
        }
        int second = keys.hasPrefix(at + "mid_block.attentions.0.") ? 2 : 1;
        parts.put("mid_block.resnets.0", "middle_block.0");
        parts.put("mid_block.attentions.0", "middle_block.1");
        parts.put("mid_block.resnets.1", "middle_block." + second);
        return name -> unet(name, parts);
    }

    private static String unet(String name, Map<String, String> parts) {
        Matcher m = UNET_PART.matcher(name);
        if (!m.matches()) {
            return outer(name, UNET_OUTER);
        }
        String part = parts.get(m.group(1));
        String rest = m.group(2);
        if (part == null) {
            return name;
        }
        if (m.group(1).contains(".resnets.")) {
            return part + "." + outer(rest, RESNET);
        }
        return part + "." + (m.group(1).contains(".downsamplers.") ? rest.replaceFirst("^conv\\.", "op.") : rest);
    }

    /** A name of which all but {@code .weight} or {@code .bias} stands in a table. */
    private static String outer(String name, Map<String, String> table) {
        int dot = name.lastIndexOf('.');
        String other = dot < 0 ? null : table.get(name.substring(0, dot));
        return other == null ? name : other + name.substring(dot);
    }

    /** @param at what stands before the VAE's names */
    static Translation vae(Keys keys, String at) {
        int levels = keys.count(at + "decoder.up_blocks.");
        return name -> vae(name, levels);
    }

    private static String vae(String name, int levels) {
        Matcher m = VAE_PART.matcher(name);
        if (!m.matches()) {
            return name.replace(".conv_norm_out.", ".norm_out.");
        }
        String side = m.group(1) + ".";
        String part = m.group(6).equals("conv_shortcut") ? "nin_shortcut" : m.group(6);
        String end = "." + m.group(7);
        if (m.group(2) != null) {
            return m.group(4).equals("attentions")
                    ? side + "mid.attn_1." + VAE_ATTENTION.getOrDefault(part, part) + end
                    : side + "mid.block_" + (1 + number(m.group(5))) + "." + part + end;
        }
        int i = number(m.group(3));
        String level = side + (side.startsWith("enc") ? "down." + i : "up." + (levels - 1 - i)) + ".";
        return switch (m.group(4)) {
            case "downsamplers" -> level + "downsample." + part + end;
            case "upsamplers" -> level + "upsample." + part + end;
            case "attentions" -> level + "attn." + m.group(5) + "." + VAE_ATTENTION.getOrDefault(part, part) + end;
            default -> level + "block." + m.group(5) + "." + part + end;
        };
    }

    /** Block numbers have few digits, or their file is no VAE. */
    private static int number(String digits) {
        return digits.length() > 4 ? 9999 : Integer.parseInt(digits);
    }

    /** OpenCLIP's names of what transformers calls otherwise, after the layer's number. */
    private static final Map<String, String> OPEN_CLIP = Map.of(
            "layer_norm1", "ln_1",
            "layer_norm2", "ln_2",
            "self_attn.out_proj", "attn.out_proj",
            "mlp.fc1", "mlp.c_fc",
            "mlp.fc2", "mlp.c_proj");

    private static final Pattern LAYER = Pattern.compile("encoder\\.layers\\.(\\d+)\\.(.+)");
    private static final Pattern QUERY =
            Pattern.compile("encoder\\.layers\\.(\\d+)\\.self_attn\\.q_proj\\.(weight|bias)");

    /**
     * Adds an OpenCLIP text encoder that transformers wrote, under OpenCLIP's own names, where queries, keys and values are one
     * tensor and the projection lies the other way round.
     *
     * @param at what stands before {@code text_model.}
     */
    static void openClip(JoinedWeights all, String to, WeightFile file, String at) {
        Map<String, Weight> weights = file.weights();
        weights.forEach((key, weight) -> {
            if (!key.startsWith(at)) {
                return;
            }
            String name = key.substring(at.length()).replaceFirst("^text_model\\.", "");
            Matcher query = QUERY.matcher(name);
            if (query.matches()) {
                String stem = key.substring(0, key.length() - query.group(2).length() - "q_proj.".length());
                Weight k = weights.get(stem + "k_proj." + query.group(2));
                Weight v = weights.get(stem + "v_proj." + query.group(2));
                if (k != null && v != null && like(weight, k) && like(weight, v)) {
                    String block = to + "transformer.resblocks." + query.group(1);
                    all.addStacked(block + ".attn.in_proj_" + query.group(2), file, List.of(weight, k, v));
                }
            } else if (name.equals("text_projection.weight") && weight.shape().length == 2) {
                all.addTransposed(to + "text_projection", file, weight);
            } else if (!name.contains(".self_attn.k_proj.") && !name.contains(".self_attn.v_proj.")) {
                all.add(to + openClip(name), file, weight);
            }
        });
    }

    private static boolean like(Weight a, Weight b) {
        return Arrays.equals(a.shape(), b.shape()) && a.shape().length > 0;
    }

    private static String openClip(String name) {
        Matcher layer = LAYER.matcher(name);
        if (layer.matches()) {
            return "transformer.resblocks." + layer.group(1) + "." + outer(layer.group(2), OPEN_CLIP);
        }
        return switch (name) {
            case "embeddings.token_embedding.weight" -> "token_embedding.weight";
            case "embeddings.position_embedding.weight" -> "positional_embedding";
            default -> name.replaceFirst("^final_layer_norm\\.", "ln_final.");
        };
    }
}
