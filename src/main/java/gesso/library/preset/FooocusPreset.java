package gesso.library.preset;

import gesso.image.metadata.SamplerNames;
import gesso.library.foreign.KDiffusionNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A preset of Fooocus ({@code presets/*.json}). Its styles are words of its own, named in the description. */
final class FooocusPreset {
    private static final Pattern RATIO = Pattern.compile("(\\d{2,4})\\D+(\\d{2,4}).*");

    /** Its "performance" says the steps ({@code modules/flags.py}). */
    private static final Map<String, Integer> STEPS =
            Map.of("Quality", 60, "Speed", 30, "Extreme Speed", 8, "Lightning", 4, "Hyper-SD", 4);

    private FooocusPreset() {}

    static boolean isOne(Map<String, ?> members) {
        return members.containsKey("default_model")
                || members.containsKey("default_performance")
                || members.containsKey("default_cfg_scale");
    }

    static Preset read(Map<String, ?> members, String stem) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        String loras = loras(members.get("default_loras"));
        String prompt = PresetImport.string(members.get("default_prompt"), "");
        if (!(prompt + loras).isEmpty()) {
            settings.put("prompt", (prompt.isEmpty() ? "{prompt}" : prompt) + loras);
        }
        String negative = PresetImport.string(members.get("default_prompt_negative"), "");
        if (!negative.isEmpty()) {
            settings.put("negative", negative);
        }
        if (members.get("default_cfg_scale") instanceof Number cfg) {
            settings.put("cfg", cfg);
        }
        Integer steps = STEPS.get(PresetImport.string(members.get("default_performance"), ""));
        if (steps != null) {
            settings.put("steps", steps);
        }
        SamplerNames.parse(KDiffusionNames.sampler(PresetImport.string(members.get("default_sampler"), "")))
                .ifPresent(named -> settings.put("sampler", named.sampler().label()));
        SamplerNames.schedule(KDiffusionNames.schedule(PresetImport.string(members.get("default_scheduler"), "")))
                .ifPresent(schedule -> settings.put("schedule", schedule.label()));
        Matcher ratio = RATIO.matcher(PresetImport.string(members.get("default_aspect_ratio"), ""));
        if (ratio.matches()) {
            settings.put("size", ratio.group(1) + "x" + ratio.group(2));
        }
        String model = PresetImport.string(members.get("default_model"), "");
        return Preset.of(stem, settings)
                .withWords(stem, styles(members.get("default_styles")), List.of("fooocus"))
                .withModel(model.isEmpty() ? null : new Preset.Model(modelName(model), "", ""));
    }

    private static String styles(@Nullable Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            return "";
        }
        return "Fooocus styles: "
                + String.join(", ", list.stream().map(String::valueOf).toList());
    }

    /** Each is [name, weight] or, in newer files, [on, name, weight]. */
    private static String loras(@Nullable Object value) {
        StringBuilder tags = new StringBuilder();
        if (value instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof List<?> lora && lora.size() >= 2 && !Boolean.FALSE.equals(lora.get(0))) {
                    Object name = lora.get(lora.size() - 2);
                    Object weight = lora.get(lora.size() - 1);
                    if (name instanceof String file && !file.equals("None")) {
                        tags.append(loraTag(file, weight instanceof Number n ? n : 1));
                    }
                }
            }
        }
        return tags.toString();
    }

    /** The characters that would end the tag have no place in it. */
    static String loraTag(String file, Number weight) {
        return " <lora:" + modelName(file).replaceAll("[<>:]", "") + ":" + weight + ">";
    }

    /** A file's name without its folder and ending. */
    static String modelName(String file) {
        String name = file.replaceFirst(".*[/\\\\]", "");
        return name.replaceFirst("\\.(safetensors|ckpt|pt|pth|bin|gguf)$", "");
    }
}
