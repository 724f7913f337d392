package gesso.library.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fooocus' own scheme ({@code modules/meta_parser.py}), and the names that its log of before 2.2 had. */
final class FooocusSettings {
    private static final Pattern RESOLUTION = Pattern.compile("\\D*(\\d+)\\D+(\\d+)\\D*");
    private static final Set<String> KNOWN = Set.of(
            "prompt",
            "negative_prompt",
            "full_prompt",
            "full_negative_prompt",
            "steps",
            "sampler",
            "scheduler",
            "guidance_scale",
            "seed",
            "resolution",
            "base_model",
            "base_model_hash",
            "vae",
            "clip_skip",
            "loras",
            "version",
            "Prompt",
            "Negative Prompt",
            "Steps",
            "Sampler",
            "Scheduler",
            "Guidance Scale",
            "Seed",
            "Resolution",
            "Base Model",
            "VAE",
            "CLIP Skip");

    /** How it says "the checkpoint's own". */
    private static final Set<String> NO_VAE = Set.of("", "None", "Default (model)");

    private FooocusSettings() {}

    static PictureSettings of(JsonNode json) {
        SettingsBuilder out = new SettingsBuilder()
                .prompts(
                        full(json, "full_prompt", "prompt", "Prompt"),
                        full(json, "full_negative_prompt", "negative_prompt", "Negative Prompt"));
        for (JsonNode lora : json.path("loras")) {
            out.lora(
                    lora.path(0).asText(),
                    lora.path(1).asDouble(1),
                    lora.path(1).asDouble(1));
        }
        String vae = get(json, "vae", "VAE").asText();
        out.put("Steps", get(json, "steps", "Steps"))
                .put(
                        "Sampler",
                        KDiffusionNames.sampler(get(json, "sampler", "Sampler").asText()))
                .put(
                        "Schedule type",
                        KDiffusionNames.schedule(
                                get(json, "scheduler", "Scheduler").asText()))
                .put("CFG scale", get(json, "guidance_scale", "Guidance Scale"))
                .put("Seed", get(json, "seed", "Seed"))
                .put("Model hash", json.path("base_model_hash"))
                .put(
                        "Model",
                        SettingsBuilder.stem(
                                get(json, "base_model", "Base Model").asText()))
                .put("VAE", NO_VAE.contains(vae) ? "" : SettingsBuilder.stem(vae))
                .put("Clip skip", get(json, "clip_skip", "CLIP Skip"))
                .put("RNG", "CPU");
        Matcher size = RESOLUTION.matcher(get(json, "resolution", "Resolution").asText());
        if (size.matches()) {
            out.put("Size", size.group(1) + "x" + size.group(2));
        }
        if (json.has("full_prompt")) {
            // What the artist typed, before styles were put around it.
            out.put("Raw prompt", json.path("prompt")).put("Raw negative prompt", json.path("negative_prompt"));
        }
        return new PictureSettings("Fooocus", out.rest(json, KNOWN).build());
    }

    private static JsonNode get(JsonNode json, String key, String label) {
        return json.has(key) ? json.path(key) : json.path(label);
    }

    private static String full(JsonNode json, String list, String key, String label) {
        List<String> parts = new ArrayList<>();
        json.path(list).forEach(part -> parts.add(part.asText()));
        return parts.isEmpty() ? get(json, key, label).asText() : String.join(", ", parts);
    }
}
