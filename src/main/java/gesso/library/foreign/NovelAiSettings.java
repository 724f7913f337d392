package gesso.library.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import gesso.image.metadata.PictureMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** NovelAI: {@code Comment} is JSON, {@code Source} the model, {@code Description} the prompt once more. */
final class NovelAiSettings {
    private static final Set<String> KNOWN = Set.of(
            "prompt",
            "uc",
            "steps",
            "height",
            "width",
            "scale",
            "seed",
            "sampler",
            "noise_schedule",
            "strength",
            "cfg_rescale",
            "n_samples",
            "signed_hash",
            "v4_prompt",
            "v4_negative_prompt",
            "hide_debug_overlay");

    private NovelAiSettings() {}

    static Optional<PictureSettings> read(PictureMetadata metadata) {
        JsonNode json = Trees.object(comment(metadata));
        boolean its = metadata.texts().getOrDefault("Software", "").equals("NovelAI")
                || (json.has("uc") && json.has("sampler"));
        if (!its || json.isEmpty()) {
            return Optional.empty();
        }
        String prompt = json.hasNonNull("prompt")
                ? json.path("prompt").asText()
                : metadata.texts().getOrDefault("Description", "");
        SettingsBuilder out = new SettingsBuilder()
                .prompts(
                        NovelAiPrompt.toA1111(withCharacters(prompt, json.path("v4_prompt"))),
                        NovelAiPrompt.toA1111(
                                withCharacters(json.path("uc").asText(), json.path("v4_negative_prompt"))));
        out.put("Steps", json.path("steps"))
                .put("Sampler", KDiffusionNames.sampler(json.path("sampler").asText()))
                .put("Schedule type", schedule(json.path("noise_schedule").asText()))
                .put("CFG scale", json.path("scale"))
                .put("Seed", json.path("seed"))
                .size(json.path("width"), json.path("height"))
                .put("Model", metadata.texts().getOrDefault("Source", ""));
        if (json.path("cfg_rescale").asDouble() > 0) {
            out.put("CFG Rescale", json.path("cfg_rescale"));
        }
        if (json.hasNonNull("strength") && json.path("request_type").asText().matches("(?i).*(img2img|infill).*")) {
            out.put("Denoising strength", json.path("strength"));
        }
        return Optional.of(new PictureSettings("NovelAI", out.rest(json, KNOWN).build()));
    }

    /** In WebP files the whole record is one JSON in EXIF, with the comment inside as text. */
    private static String comment(PictureMetadata metadata) {
        String plain = metadata.texts().getOrDefault("Comment", "");
        if (!plain.isEmpty()) {
            return plain;
        }
        JsonNode whole = Trees.object(metadata.texts().getOrDefault(PictureMetadata.USER_COMMENT, ""));
        return SettingsBuilder.text(whole.path("Comment"));
    }

    /** "native" is the sampler's own spacing, which A1111 calls Uniform. */
    private static String schedule(String name) {
        return name.equals("native") ? "Uniform" : KDiffusionNames.schedule(name);
    }

    /** Version 4 describes each character in a prompt of its own. */
    private static String withCharacters(String base, JsonNode v4) {
        List<String> parts = new ArrayList<>(List.of(base));
        for (JsonNode character : v4.path("caption").path("char_captions")) {
            String caption = character.path("char_caption").asText();
            if (!caption.isBlank() && !base.contains(caption)) {
                parts.add(caption);
            }
        }
        return String.join(", ", parts.stream().filter(part -> !part.isBlank()).toList());
    }
}
