package gesso.library.preset;

import gesso.image.metadata.SamplerNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What A1111 starts with: {@code ui-config.json} ("txt2img/CFG Scale/value": …; a preset each for text and for pictures)
 * and {@code config.json} (the settings page).
 */
final class A1111Defaults {
    /** The control's name within its tab, and the setting. */
    private static final Map<String, String> CONTROLS = Map.ofEntries(
            Map.entry("Prompt", "prompt"),
            Map.entry("Negative prompt", "negative"),
            Map.entry("Sampling steps", "steps"),
            Map.entry("CFG Scale", "cfg"),
            Map.entry("Batch count", "count"),
            Map.entry("Batch size", "batch"),
            Map.entry("Denoising strength", "denoise"),
            Map.entry("Mask blur", "mask-blur"),
            Map.entry("Only masked padding, pixels", "padding"),
            Map.entry("Upscale by", "hires-scale"),
            Map.entry("Hires steps", "hires-steps"),
            Map.entry("Tiling", "tiling"));

    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("CLIP_stop_at_last_layers", "clip-skip"),
            Map.entry("eta_noise_seed_delta", "ensd"),
            Map.entry("randn_source", "rng"),
            Map.entry("emphasis", "emphasis"),
            Map.entry("eta_ancestral", "eta"),
            Map.entry("s_churn", "s-churn"),
            Map.entry("s_tmin", "s-tmin"),
            Map.entry("s_tmax", "s-tmax"),
            Map.entry("s_noise", "s-noise"),
            Map.entry("s_min_uncond", "ngms"),
            Map.entry("skip_early_cond", "skip-early-cfg"),
            Map.entry("inpainting_mask_weight", "mask-weight"),
            Map.entry("img2img_color_correction", "color-correction"),
            Map.entry("img2img_fix_steps", "exact-steps"),
            Map.entry("always_discard_next_to_last_sigma", "discard-penultimate-sigma"));

    private A1111Defaults() {}

    static List<Preset> read(Map<String, ?> members, String stem) {
        List<Preset> presets = new ArrayList<>();
        for (String tab : List.of("txt2img", "img2img")) {
            Map<String, @Nullable Object> settings = tab(members, tab);
            if (!settings.isEmpty()) {
                presets.add(Preset.of("A1111 " + tab, settings));
            }
        }
        Map<String, @Nullable Object> options = options(members);
        if (!options.isEmpty()) {
            Object checkpoint = members.get("sd_model_checkpoint");
            presets.add(Preset.of("A1111 " + stem, options)
                    .withModel(checkpoint instanceof String name ? model(name) : null));
        }
        return presets;
    }

    private static Map<String, @Nullable Object> tab(Map<String, ?> members, String tab) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        members.forEach((key, value) -> {
            String setting = CONTROLS.get(control(key, tab));
            // An empty prompt is no wish to empty the one that is there.
            if (setting != null && value != null && !value.equals("")) {
                settings.put(setting, value);
            }
        });
        members.forEach((key, value) -> {
            if (control(key, tab).equals("Sampling method")) {
                SamplerNames.parse(String.valueOf(value)).ifPresent(named -> {
                    settings.put("sampler", named.sampler().label());
                    settings.put("schedule", named.schedule().label());
                });
            }
        });
        members.forEach((key, value) -> {
            if (control(key, tab).equals("Schedule type")) {
                SamplerNames.schedule(String.valueOf(value))
                        .ifPresent(schedule -> settings.put("schedule", schedule.label()));
            }
        });
        Object width = valueOf(members, tab, "Width");
        Object height = valueOf(members, tab, "Height");
        if (width instanceof Integer w && height instanceof Integer h) {
            settings.put("size", w + "x" + h);
        }
        return settings;
    }

    private static @Nullable Object valueOf(Map<String, ?> members, String tab, String control) {
        for (Map.Entry<String, ?> member : members.entrySet()) {
            if (control(member.getKey(), tab).equals(control)) {
                return member.getValue();
            }
        }
        return null;
    }

    /** "customscript/sampler.py/txt2img/Sampling steps/value" and "txt2img/CFG Scale/value": the part before "value". */
    private static String control(String key, String tab) {
        int at = key.indexOf(tab + "/");
        boolean ofTab = at == 0 || (at > 0 && key.startsWith("customscript/") && key.charAt(at - 1) == '/');
        return ofTab && key.endsWith("/value")
                ? key.substring(at + tab.length() + 1, key.length() - "/value".length())
                : "";
    }

    private static Map<String, @Nullable Object> options(Map<String, ?> members) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        members.forEach((key, value) -> {
            String setting = OPTIONS.get(key);
            if (setting != null && value != null) {
                settings.put(setting, value);
            }
        });
        return settings;
    }

    /** "name.safetensors [0123456789]". */
    private static Preset.Model model(String title) {
        String hash = title.matches(".*\\[[0-9a-fA-F]{8,64}]$")
                ? title.substring(title.lastIndexOf('[') + 1, title.length() - 1)
                : "";
        String name = title.replaceFirst("\\s*\\[[0-9a-fA-F]+]$", "");
        return new Preset.Model(FooocusPreset.modelName(name), hash, "");
    }
}
