package gesso.weights.lora;

import gesso.weights.WeightFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The layers of a checkpoint under all the names that networks know them by. */
final class LayerNames {
    private static final List<String> UNET_HEADS = List.of(
            "lora_unet_",
            "unet_",
            "",
            "diffusion_model_",
            "model_diffusion_model_",
            "lycoris_",
            "oft_unet_",
            "base_model_model_",
            "base_model_model_unet_");
    private static final Map<String, String> RESNET = Map.of(
            "in_layers.0", "norm1",
            "in_layers.2", "conv1",
            "emb_layers.1", "time_emb_proj",
            "out_layers.0", "norm2",
            "out_layers.3", "conv2",
            "skip_connection", "conv_shortcut");
    private static final Map<String, String> OUTER = Map.of(
            "time_embed.0", "time_embedding.linear_1",
            "time_embed.2", "time_embedding.linear_2",
            "label_emb.0.0", "add_embedding.linear_1",
            "label_emb.0.2", "add_embedding.linear_2",
            "out.0", "conv_norm_out",
            "out.2", "conv_out");

    private final Map<String, Layer> byName = new HashMap<>();
    private final NavigableSet<String> keys;

    private LayerNames(WeightFile file) {
        keys = new TreeSet<>(file.weights().keySet());
    }

    /** The layers of these networks. */
    static LayerNames of(WeightFile file, NetworkParts parts) {
        LayerNames names = new LayerNames(file);
        names.unet(parts.unet());
        names.text(parts.text(), TextNames.heads(false, parts.secondText().isEmpty()));
        names.text(parts.secondText(), TextNames.heads(true, parts.text().isEmpty()));
        return names;
    }

    @Nullable
    Layer find(String name) {
        return byName.get(name);
    }

    private void unet(String prefix) {
        Blocks blocks = new Blocks(prefix);
        for (String layer : layers(prefix)) {
            String inside = layer.substring(prefix.length());
            Layer found = Layer.ofUnet(block(inside), layer);
            put(UNET_HEADS, inside, found);
            String diffusers = blocks.diffusers(inside);
            if (diffusers != null) {
                put(UNET_HEADS, diffusers, found);
                if (diffusers.endsWith(".to_out.0")) {
                    put(UNET_HEADS, diffusers.substring(0, diffusers.length() - 2), found);
                }
            }
        }
    }

    private void text(String prefix, List<String> heads) {
        if (prefix.isEmpty()) {
            return;
        }
        for (String layer : layers(prefix)) {
            TextNames.of(layer.substring(prefix.length())).forEach(name -> put(heads, name, Layer.ofText(layer)));
        }
        String fused = ".attn.in_proj_weight";
        for (String key : keys.tailSet(prefix)) {
            if (key.startsWith(prefix) && key.endsWith(fused)) {
                String at = key.substring(0, key.length() - "weight".length());
                List<List<String>> names = TextNames.ofFused(key.substring(prefix.length()));
                for (int third = 0; third < names.size(); third++) {
                    Layer layer = Layer.ofFused(key, at + "bias", third);
                    names.get(third).forEach(name -> put(heads, name, layer));
                }
            }
        }
    }

    private void put(List<String> heads, String name, Layer layer) {
        String flat = name.replace('.', '_');
        heads.forEach(head -> byName.putIfAbsent(head + flat, layer));
    }

    /** The names under a prefix that have a weight, without that ending. */
    private List<String> layers(String prefix) {
        return keys.tailSet(prefix).stream()
                .takeWhile(key -> key.startsWith(prefix))
                .filter(key -> key.endsWith(".weight"))
                .map(key -> key.substring(0, key.length() - ".weight".length()))
                .toList();
    }

    private static String block(String inside) {
        String[] part = inside.split("\\.", 3);
        return switch (part[0]) {
            case "input_blocks" -> "IN%02d".formatted(Integer.parseInt(part[1]));
            case "middle_block" -> "M00";
            case "output_blocks" -> "OUT%02d".formatted(Integer.parseInt(part[1]));
            default -> "";
        };
    }

    /** Diffusers' names of a UNet's blocks: it counts them by level, the LDM program from end to end. */
    private final class Blocks {
        private final Map<String, String> byPart = new HashMap<>();

        Blocks(String prefix) {
            int level = 0;
            int count = 0;
            for (int i = 1; any(prefix + "input_blocks." + i + "."); i++) {
                String at = "input_blocks." + i;
                if (any(prefix + at + ".0.op.")) {
                    byPart.put(at + ".0.op", "down_blocks." + level++ + ".downsamplers.0.conv");
                    count = 0;
                } else {
                    byPart.put(at + ".0", "down_blocks." + level + ".resnets." + count);
                    byPart.put(at + ".1", "down_blocks." + level + ".attentions." + count++);
                }
            }
            level = 0;
            count = 0;
            for (int i = 0; any(prefix + "output_blocks." + i + "."); i++) {
                String at = "output_blocks." + i;
                byPart.put(at + ".0", "up_blocks." + level + ".resnets." + count);
                byPart.put(at + ".1", "up_blocks." + level + ".attentions." + count++);
                for (int j = 1; j <= 2; j++) {
                    if (any(prefix + at + "." + j + ".conv.")) {
                        byPart.put(at + "." + j + ".conv", "up_blocks." + level++ + ".upsamplers.0.conv");
                        count = 0;
                    }
                }
            }
            int attentions = 0;
            int resnets = 0;
            for (int j = 0; any(prefix + "middle_block." + j + "."); j++) {
                boolean resnet = any(prefix + "middle_block." + j + ".in_layers.");
                byPart.put(
                        "middle_block." + j,
                        "mid_block." + (resnet ? "resnets." + resnets++ : "attentions." + attentions++));
            }
        }

        private boolean any(String start) {
            String next = keys.ceiling(start);
            return next != null && next.startsWith(start);
        }

        @Nullable
        String diffusers(String inside) {
            if (inside.equals("input_blocks.0.0")) {
                return "conv_in";
            }
            String outer = OUTER.get(inside);
            String whole = outer == null ? byPart.get(inside) : outer;
            if (whole != null) {
                return whole;
            }
            int parts = inside.startsWith("middle_block.") ? 2 : 3;
            int end = -1;
            for (int i = 0; i < parts; i++) {
                end = inside.indexOf('.', end + 1);
                if (end < 0) {
                    return null;
                }
            }
            String block = byPart.get(inside.substring(0, end));
            String rest = inside.substring(end + 1);
            return block == null ? null : block + "." + RESNET.getOrDefault(rest, rest);
        }
    }
}
