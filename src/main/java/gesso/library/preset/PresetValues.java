package gesso.library.preset;

import gesso.request.GenerationRequest;
import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.InvalidRequest;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.RequestValues;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings that presets can have, and what a preset says of them. */
public final class PresetValues {
    private static final String PLACE = "{prompt}";
    private static final Picture PIXEL = new Picture(1, 1, new int[] {-1});
    private static final GenerationRequest PLAIN = GenerationRequest.of("", Path.of(""), new Size(512, 512));
    private static final GenerationRequest REWORKING = PLAIN.edit(e -> e.rework(new Rework(
            PIXEL,
            ResizeMode.JUST_RESIZE,
            0.75,
            false,
            false,
            new Inpaint(
                    PIXEL,
                    Inpaint.DEFAULT_BLUR,
                    MaskMode.MASKED,
                    MaskedContent.ORIGINAL,
                    InpaintArea.WHOLE_PICTURE,
                    Inpaint.DEFAULT_PADDING,
                    null))));

    /** What is a picture's own affair and no preset's. */
    private static final Set<String> NOT_PRESET = Set.of("extras", "encode-seed");

    private PresetValues() {}

    /** Every setting that a preset can have, with the value that Gesso starts with. */
    public static Map<String, @Nullable Object> defaults() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(RequestValues.of(PLAIN));
        RequestValues.of(REWORKING).forEach(all::putIfAbsent);
        all.keySet().removeAll(NOT_PRESET);
        return all;
    }

    /**
     * Whether each value is of its kind and in its range.
     *
     * @throws InvalidRequest naming the field
     */
    static void check(Map<String, ? extends @Nullable Object> settings) {
        Map<String, @Nullable Object> base = new LinkedHashMap<>(settings);
        GenerationRequest unused = RequestValues.apply(base, PLAIN);
        base.put("hires", false);
        unused = RequestValues.apply(base, REWORKING);
    }

    /**
     * What a preset makes of the settings that are there: its own values, with the prompt that is there put in the place of
     * {@code {prompt}}. Settings that this version does not know are left out.
     */
    public static Map<String, @Nullable Object> on(Map<String, ? extends @Nullable Object> now, Preset preset) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        Set<String> known = defaults().keySet();
        preset.settings().forEach((name, value) -> {
            if (known.contains(name)) {
                values.put(name, value instanceof String text ? wrapped(text, now.get(name)) : value);
            }
        });
        return values;
    }

    /** An empty prompt leaves no comma behind. */
    private static String wrapped(String text, @Nullable Object there) {
        if (!text.contains(PLACE)) {
            return text;
        }
        String prompt = there instanceof String own ? own.strip() : "";
        return prompt.isEmpty()
                ? text.replaceFirst("\\{prompt}\\s*,?\\s*", "")
                        .replaceFirst(",\\s*$", "")
                        .strip()
                : text.replace(PLACE, prompt);
    }

    /** The values that differ from those that Gesso starts with, without the seed: what a preset of a picture holds. */
    public static Map<String, @Nullable Object> of(GenerationRequest request) {
        Map<String, @Nullable Object> defaults = defaults();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        RequestValues.of(request).forEach((name, value) -> {
            boolean always =
                    Set.of("size", "sampler", "schedule", "steps", "cfg").contains(name);
            boolean never = Set.of("seed", "variation-seed", "batch", "count").contains(name);
            if (defaults.containsKey(name)
                    && !never
                    && (always || !java.util.Objects.equals(value, defaults.get(name)))) {
                values.put(name, value);
            }
        });
        if (!Boolean.TRUE.equals(values.get("hires"))) {
            values.keySet().removeIf(name -> name.startsWith("hires-"));
        }
        return values;
    }
}
