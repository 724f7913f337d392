package gesso.command;

import gesso.image.PictureFiles;
import gesso.library.ModelFolders;
import gesso.library.NetworkKind;
import gesso.request.ControlUnit;
import gesso.request.ControlValues;
import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import gesso.request.Picture;
import gesso.request.Preprocessing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** ControlNets, as options. */
final class ControlOptions {
    private static final List<String> KEYS = List.of(
            "weight",
            "start",
            "end",
            "preprocessor",
            "mode",
            "resize",
            "mask",
            "weight-map",
            "low",
            "high",
            "resolution",
            "pixel-perfect");

    /** A comma that one of the keys follows: file names may have commas and equals signs of their own. */
    private static final Pattern SETTING =
            Pattern.compile(",\\s*(" + String.join("|", KEYS) + ")\\s*(?:=|(?=,|$))", Pattern.CASE_INSENSITIVE);

    private static final Pattern UNKNOWN = Pattern.compile(",\\s*([a-z-]+)\\s*=");

    @Option(
            names = "--control",
            paramLabel = "MODEL=FILE[,SETTING=VALUE…]",
            description =
                    "a ControlNet and the picture it follows (without =FILE: the one of --image; without MODEL: the one of --preset); may be given more than once. Settings: weight (1), start (0), end (1), preprocessor (none), low, high, resolution (512), pixel-perfect, mode (balanced, prompt, control), resize (just, crop, fill), mask=FILE, weight-map=FILE")
    List<String> controls = List.of();

    /**
     * The request with the units.
     *
     * @param preset what a preset says of them, one after another
     * @param notes is told, in sentences, what of the files, and of the preset, is not used
     */
    GenerationRequest apply(
            GenerationRequest from,
            ModelFolders models,
            List<Map<String, @Nullable Object>> preset,
            Consumer<String> notes) {
        if (controls.size() < preset.size()) {
            notes.accept("The preset's ControlNet (%s) is left out: it needs a picture, --control MODEL=FILE."
                    .formatted(preset.get(controls.size()).getOrDefault("model", "any")));
        }
        if (controls.isEmpty()) {
            return from;
        }
        List<ControlUnit> units = new ArrayList<>();
        for (int i = 0; i < controls.size(); i++) {
            units.add(unit(controls.get(i), models, i < preset.size() ? preset.get(i) : Map.of(), notes));
        }
        return from.edit(e -> e.controls(units));
    }

    private static ControlUnit unit(
            String text, ModelFolders models, Map<String, @Nullable Object> preset, Consumer<String> notes) {
        Map<String, String> settings = new LinkedHashMap<>();
        String head = split(text, settings);
        int equals = head.indexOf('=');
        String model = equals < 0 ? head : head.substring(0, equals);
        String file = equals < 0 ? "" : head.substring(equals + 1).strip();
        if (file.isEmpty() && equals >= 0) {
            throw new InvalidRequest("control", "--control %s names no picture after the equals sign.".formatted(text));
        }
        if (model.isBlank() && preset.get("model") instanceof String wanted) {
            model = wanted;
        }
        if (model.isBlank()) {
            throw new InvalidRequest("control", "--control %s names no ControlNet before the picture.".formatted(text));
        }
        // A picture that cannot be used is said before a model that is not there.
        Picture picture = equals < 0 ? null : PictureFiles.read(Path.of(file), notes);
        Picture mask = picture(settings, "mask", notes);
        Picture weightMap = picture(settings, "weight-map", notes);
        ControlUnit start =
                ControlValues.apply(preset, ControlUnit.of(models.resolve(NetworkKind.CONTROLNET, model), picture));
        return with(settings, start).withMask(mask).withWeightMap(weightMap);
    }

    private static @Nullable Picture picture(Map<String, String> settings, String key, Consumer<String> notes) {
        String file = settings.get(key);
        return file == null ? null : PictureFiles.read(Path.of(file), notes);
    }

    private static ControlUnit with(Map<String, String> settings, ControlUnit start) {
        Preprocessing drawn = start.preprocessing();
        Double low = numberOrNull(settings, "low");
        Double high = numberOrNull(settings, "high");
        String perfect = settings.get("pixel-perfect");
        ControlUnit unit = start.withPreprocessing(new Preprocessing(
                        settings.getOrDefault("preprocessor", drawn.name()),
                        (int) number(settings, "resolution", drawn.resolution()),
                        low == null ? drawn.first() : low,
                        high == null ? drawn.second() : high,
                        perfect == null ? drawn.pixelPerfect() : !perfect.equals("false")))
                .withWeight(number(settings, "weight", start.weight()))
                .withRange(number(settings, "start", start.start()), number(settings, "end", start.end()));
        unit = settings.containsKey("mode") ? unit.withMode(Choices.CONTROL_MODE.parse(settings.get("mode"))) : unit;
        return settings.containsKey("resize")
                ? unit.withResizeMode(Choices.RESIZE_MODE.parse(settings.get("resize")))
                : unit;
    }

    /** What stands before the settings. */
    private static String split(String text, Map<String, String> settings) {
        Matcher m = SETTING.matcher(text);
        int end = text.length();
        String key = null;
        int from = 0;
        while (m.find()) {
            if (key == null) {
                end = m.start();
            } else {
                settings.put(key, text.substring(from, m.start()).strip());
            }
            key = m.group(1).toLowerCase(Locale.ROOT);
            from = m.end();
        }
        if (key != null) {
            settings.put(key, text.substring(from).strip());
        }
        String head = text.substring(0, end);
        Matcher unknown = UNKNOWN.matcher(head);
        if (unknown.find()) {
            throw new InvalidRequest(
                    "control",
                    "--control has no setting \"%s\"; there are: %s."
                            .formatted(unknown.group(1), String.join(", ", KEYS)));
        }
        return head.strip();
    }

    private static double number(Map<String, String> settings, String key, double otherwise) {
        Double value = numberOrNull(settings, key);
        return value == null ? otherwise : value;
    }

    private static @Nullable Double numberOrNull(Map<String, String> settings, String key) {
        String text = settings.get(key);
        try {
            return text == null ? null : Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new InvalidRequest(
                    "control", "The %s of --control must be a number, not \"%s\".".formatted(key, text));
        }
    }
}
