package gesso.library.preset;

import gesso.image.metadata.SamplerNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A style file of Krita's AI plug-in ({@code styles/*.json}). */
final class KritaStyle {
    private KritaStyle() {}

    static boolean isOne(Map<String, ?> members) {
        return members.containsKey("style_prompt");
    }

    static Preset read(Map<String, ?> members, String stem) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        String loras = loras(members.get("loras"));
        PresetImport.putStyle(settings, "prompt", PresetImport.string(members.get("style_prompt"), "") + loras);
        PresetImport.putStyle(settings, "negative", PresetImport.string(members.get("negative_prompt"), ""));
        if (members.get("sampler_steps") instanceof Number steps) {
            settings.put("steps", steps.intValue());
        }
        if (members.get("cfg_scale") instanceof Number cfg) {
            settings.put("cfg", cfg);
        }
        if (members.get("clip_skip") instanceof Number skip && skip.intValue() > 0) {
            settings.put("clip-skip", skip.intValue());
        }
        if (members.get("preferred_resolution") instanceof Number side && side.intValue() >= 64) {
            int size = side.intValue() / 8 * 8;
            settings.put("size", size + "x" + size);
        }
        // "Default - DPM++ 2M": the word before says what the plug-in recommends it for.
        String sampler = PresetImport.string(members.get("sampler"), "").replaceFirst("^\\w+ - ", "");
        SamplerNames.parse(sampler).ifPresent(named -> {
            settings.put("sampler", named.sampler().label());
            settings.put("schedule", named.schedule().label());
        });
        return Preset.of(PresetImport.string(members.get("name"), stem), settings)
                .withModel(model(members));
    }

    private static Preset.@Nullable Model model(Map<String, ?> members) {
        Object first = members.get("checkpoints") instanceof List<?> list && !list.isEmpty()
                ? list.get(0)
                : members.get("sd_checkpoint");
        String name = PresetImport.string(first, "");
        return name.isEmpty() ? null : new Preset.Model(FooocusPreset.modelName(name), "", "");
    }

    private static String loras(@Nullable Object value) {
        StringBuilder tags = new StringBuilder();
        if (value instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> lora
                        && lora.get("name") instanceof String name
                        && !Boolean.FALSE.equals(lora.get("enabled"))) {
                    Object strength = lora.get("strength");
                    tags.append(FooocusPreset.loraTag(name, strength instanceof Number n ? n : 1));
                }
            }
        }
        return tags.toString();
    }
}
