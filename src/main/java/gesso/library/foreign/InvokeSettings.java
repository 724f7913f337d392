package gesso.library.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import gesso.image.metadata.PictureMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * InvokeAI: {@code invokeai_metadata} since 3.0, {@code sd-metadata} since 1.15, and before that the words of its command
 * line in {@code Dream}.
 */
final class InvokeSettings {
    /** diffusers' schedulers; {@code _k} behind a name is Karras. */
    private static final Map<String, String> SAMPLERS = Map.ofEntries(
            Map.entry("ddim", "DDIM"),
            Map.entry("plms", "PLMS"),
            Map.entry("pndm", "PLMS"),
            Map.entry("lms", "LMS"),
            Map.entry("heun", "Heun"),
            Map.entry("euler", "Euler"),
            Map.entry("euler_a", "Euler a"),
            Map.entry("kdpm_2", "DPM2"),
            Map.entry("kdpm_2_a", "DPM2 a"),
            Map.entry("dpm_2", "DPM2"),
            Map.entry("dpm_2_a", "DPM2 a"),
            Map.entry("dpmpp_2s", "DPM++ 2S a"),
            Map.entry("dpmpp_2_a", "DPM++ 2S a"),
            Map.entry("dpmpp_2", "DPM++ 2M"),
            Map.entry("dpmpp_2m", "DPM++ 2M"),
            Map.entry("dpmpp_2m_sde", "DPM++ 2M SDE"),
            Map.entry("dpmpp_sde", "DPM++ SDE"),
            Map.entry("unipc", "UniPC"),
            Map.entry("lcm", "LCM"));

    private static final Set<String> KNOWN = Set.of(
            "positive_prompt",
            "negative_prompt",
            "width",
            "height",
            "seed",
            "rand_device",
            "cfg_scale",
            "cfg_rescale_multiplier",
            "steps",
            "scheduler",
            "clip_skip",
            "model",
            "vae",
            "loras",
            "strength",
            "seamless_x",
            "seamless_y",
            "app_version");
    private static final Set<String> KNOWN_BEFORE_3 = Set.of(
            "prompt",
            "steps",
            "cfg_scale",
            "width",
            "height",
            "seed",
            "sampler",
            "seamless",
            "strength",
            "strength_steps");

    private static final Pattern IN_BRACKETS = Pattern.compile("\\[([^\\]]+)\\]");
    private static final Pattern SWITCH = Pattern.compile("\\s-([sWHCASfv])\\s*([^\\s]+)");

    private InvokeSettings() {}

    static Optional<PictureSettings> read(PictureMetadata metadata) {
        JsonNode now = Trees.object(metadata.texts().getOrDefault("invokeai_metadata", ""));
        if (!now.isEmpty()) {
            return Optional.of(since3(now));
        }
        JsonNode old = Trees.object(metadata.texts().getOrDefault("sd-metadata", ""));
        if (old.has("image")) {
            return Optional.of(before3(old));
        }
        return Optional.ofNullable(metadata.texts().get("Dream"))
                .filter(text -> !text.isBlank())
                .map(InvokeSettings::dream);
    }

    private static PictureSettings since3(JsonNode json) {
        SettingsBuilder out = new SettingsBuilder()
                .prompts(
                        json.path("positive_prompt").asText(),
                        json.path("negative_prompt").asText());
        for (JsonNode lora : json.path("loras")) {
            double weight = lora.path("weight").asDouble(1);
            out.lora(name(lora.has("model") ? lora.path("model") : lora.path("lora")), weight, weight);
        }
        sampling(out, json, json.path("scheduler").asText());
        out.put("Model", name(json.path("model"))).put("VAE", name(json.path("vae")));
        int skipped = json.path("clip_skip").asInt();
        if (skipped > 0) {
            out.put("Clip skip", Integer.toString(skipped + 1));
        }
        if (json.path("cfg_rescale_multiplier").asDouble() > 0) {
            out.put("CFG Rescale", json.path("cfg_rescale_multiplier"));
        }
        out.put("Denoising strength", json.path("strength"));
        if (json.path("rand_device").asText().equals("cpu")) {
            out.put("RNG", "CPU");
        }
        if (json.path("seamless_x").asBoolean() && json.path("seamless_y").asBoolean()) {
            out.put("Tiling", "True");
        }
        return new PictureSettings("InvokeAI", out.rest(json, KNOWN).build());
    }

    private static String name(JsonNode model) {
        for (String key : List.of("name", "model_name")) {
            if (model.hasNonNull(key)) {
                return SettingsBuilder.stem(model.path(key).asText());
            }
        }
        return model.isTextual() ? SettingsBuilder.stem(model.asText()) : "";
    }

    private static PictureSettings before3(JsonNode json) {
        JsonNode image = json.path("image");
        JsonNode prompt = image.path("prompt");
        SettingsBuilder out =
                unified(prompt.isArray() ? prompt.path(0).path("prompt").asText() : prompt.asText());
        sampling(out, image, image.path("sampler").asText());
        out.put("Model", SettingsBuilder.stem(json.path("model_weights").asText()));
        String hash = json.path("model_hash").asText();
        out.put("Model hash", hash.length() >= 10 ? hash.substring(0, 10) : "");
        out.put(
                "Denoising strength",
                image.hasNonNull("strength") ? image.path("strength") : image.path("strength_steps"));
        if (image.path("seamless").asBoolean()) {
            out.put("Tiling", "True");
        }
        return new PictureSettings("InvokeAI", out.rest(image, KNOWN_BEFORE_3).build());
    }

    private static void sampling(SettingsBuilder out, JsonNode json, String scheduler) {
        out.put("Steps", json.path("steps"));
        sampler(out, scheduler);
        out.put("CFG scale", json.path("cfg_scale"))
                .put("Seed", json.path("seed"))
                .size(json.path("width"), json.path("height"));
    }

    private static void sampler(SettingsBuilder out, String scheduler) {
        boolean karras = scheduler.endsWith("_k");
        String plain = scheduler.replaceFirst("^k_", "").replaceFirst("_k$", "");
        out.put("Sampler", SAMPLERS.getOrDefault(plain, scheduler));
        if (!scheduler.isEmpty()) {
            out.put("Schedule type", karras ? "Karras" : "Uniform").put("Profile", "diffusers");
        }
    }

    /** The command's line: {@code "a fox [blurry]" -s50 -W512 -H512 -C7.5 -Ak_lms -S42}. */
    private static PictureSettings dream(String line) {
        int end = line.startsWith("\"") ? line.lastIndexOf('"') : -1;
        String switches = end > 0 ? line.substring(end + 1) : line;
        Matcher first = SWITCH.matcher(" " + switches);
        String prompt = end > 0
                ? line.substring(1, end)
                : first.find() ? line.substring(0, Math.max(0, first.start() - 1)) : line;
        SettingsBuilder out = unified(prompt);
        Matcher each = SWITCH.matcher(" " + switches);
        String width = "";
        String height = "";
        while (each.find()) {
            String value = each.group(2);
            switch (each.group(1)) {
                case "s" -> out.put("Steps", value);
                case "W" -> width = value;
                case "H" -> height = value;
                case "C" -> out.put("CFG scale", value);
                case "A" -> sampler(out, value);
                case "S" -> out.put("Seed", value);
                case "f" -> out.put("Denoising strength", value);
                default -> out.put("Variation amount", value);
            }
        }
        if (!width.isEmpty() && !height.isEmpty()) {
            out.put("Size", width + "x" + height);
        }
        if (switches.contains("--seamless")) {
            out.put("Tiling", "True");
        }
        return new PictureSettings("InvokeAI", out.build());
    }

    /** Before 3.0 there was one prompt, what was not wanted in square brackets within it. */
    private static SettingsBuilder unified(String prompt) {
        List<String> unwanted = new ArrayList<>();
        IN_BRACKETS
                .matcher(prompt)
                .results()
                .forEach(m -> unwanted.add(m.group(1).strip()));
        String wanted = IN_BRACKETS.matcher(prompt).replaceAll("").strip();
        return new SettingsBuilder().prompts(wanted, String.join(", ", unwanted));
    }
}
