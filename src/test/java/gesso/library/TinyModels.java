package gesso.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files with the few tensors that tell what a model is, all zero. */
final class TinyModels {
    static final Map<String, int[]> LORA = tensors(
            "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight", new int[] {4, 768},
            "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k.lora_up.weight", new int[] {320, 4});
    static final Map<String, int[]> EMBEDDING = tensors("emb_params", new int[] {2, 768});
    static final Map<String, int[]> VAE = tensors(
            "decoder.conv_in.weight", new int[] {8, 4, 3, 3}, "decoder.mid.block_1.conv1.weight", new int[] {8, 8, 3, 3
            });
    static final Map<String, int[]> DIFFUSERS_VAE = tensors(
            "decoder.conv_in.weight", new int[] {8, 4, 3, 3}, "decoder.mid_block.resnets.0.conv1.weight", new int[] {
                8, 8, 3, 3
            });
    static final Map<String, int[]> TINY_VAE = tensors("3.conv.0.weight", new int[] {64, 64, 3, 3});
    static final Map<String, int[]> CONTROLNET = tensors(
            "control_model.input_hint_block.0.weight", new int[] {16, 3, 3, 3},
            "control_model.input_blocks.0.0.weight", new int[] {32, 4, 3, 3},
            "control_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight", new int[] {32, 768});
    static final Map<String, int[]> UPSCALER = tensors("model.1.sub.0.RDB1.conv1.0.weight", new int[] {32, 64, 3, 3});
    static final Map<String, int[]> CLIP = tensors(
            "vision_model.embeddings.class_embedding", new int[] {8},
            "text_model.embeddings.token_embedding.weight", new int[] {8, 8});
    static final Map<String, int[]> FLUX = tensors("double_blocks.0.img_attn.norm.key_norm.scale", new int[] {8});

    private TinyModels() {}

    private static Map<String, int[]> tensors(Object... namesAndShapes) {
        Map<String, int[]> all = new LinkedHashMap<>();
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            all.put((String) namesAndShapes[i], (int[]) namesAndShapes[i + 1]);
        }
        return all;
    }

    static Path write(Path file, Map<String, int[]> tensors, Map<String, String> notes) {
        List<String> entries = new ArrayList<>();
        if (!notes.isEmpty()) {
            entries.add("\"__metadata__\":" + Json.line(notes));
        }
        int at = 0;
        for (Map.Entry<String, int[]> tensor : tensors.entrySet()) {
            int bytes = 2;
            for (int d : tensor.getValue()) {
                bytes *= d;
            }
            entries.add("\"%s\":{\"dtype\":\"F16\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(tensor.getKey(), Json.line(tensor.getValue()), at, at + bytes));
            at += bytes;
        }
        byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(8 + header.length + at).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(header.length).put(header);
        try {
            Files.createDirectories(file.resolveSibling(""));
            return Files.write(file, all.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path file, Map<String, int[]> tensors) {
        return write(file, tensors, Map.of());
    }
}
