package gesso.library;

import gesso.image.control.LearnedPreprocessor.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What files of well-known preprocessors are called, and how those networks are asked and understood, as A1111's ControlNet
 * extension does it. A file with other habits says so in notes beside it ({@link ReadingNotes}).
 */
final class KnownPreprocessors {
    private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);
    private static final List<Double> ZERO = List.of(0.0, 0.0, 0.0);
    private static final List<Double> ONE = List.of(1.0, 1.0, 1.0);
    private static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> IMAGENET_DEVIATION = List.of(0.229, 0.224, 0.225);
    private static final List<Double> UNIT = List.of(0.0, 1.0);
    private static final List<Double> SIGNED = List.of(-1.0, 1.0);

    private record Known(Pattern words, String name, Reading reading) {}

    /** The more particular first. */
    private static final List<Known> ALL = List.of(
            known("softedge_pidinet", new Reading(1, ZERO, ONE, true, 64, UNIT, false, null, true), "pidi", "table5"),
            known("softedge_teed", new Reading(255, ZERO, ONE, false, 64, UNIT, false, null, true), "teed"),
            known(
                    "softedge_hed",
                    new Reading(255, ZERO, ONE, false, 64, UNIT, false, null, false),
                    "hed",
                    "controlnethed"),
            known(
                    "lineart_anime",
                    new Reading(1, HALF, HALF, false, 256, SIGNED, true, null, false),
                    "lineart_anime",
                    "netg"),
            known("lineart_coarse", line(), "lineart_coarse", "sk_model2"),
            known("lineart_realistic", line(), "lineart", "sk_model"),
            known("depth_anything_v2", imagenet(14, null, false), "depth_anything_v2"),
            known("depth_anything", imagenet(14, null, false), "depth_anything"),
            known("depth_zoe", new Reading(1, ZERO, ONE, false, 32, null, true, null, false), "zoe"),
            known("depth_leres", imagenet(32, null, true), "leres", "res101"),
            known("depth_midas", new Reading(1, HALF, HALF, false, 32, null, false, null, false), "midas", "dpt"),
            known("normal_bae", imagenet(32, SIGNED, false), "bae", "scannet"),
            known("depth", imagenet(32, null, false), "depth"),
            known("softedge", Reading.PLAIN, "softedge"),
            known("openpose", Reading.PLAIN, "openpose"),
            known("normal", imagenet(32, SIGNED, false), "normal"),
            known("seg", Reading.PLAIN, "seg"),
            known("mlsd", Reading.PLAIN, "mlsd"));

    private KnownPreprocessors() {}

    private static Known known(String name, Reading reading, String... words) {
        // At a word's beginning: "sketched" is no HED.
        return new Known(Pattern.compile("(^|[^a-z])(" + String.join("|", words) + ")"), name, reading);
    }

    /** Dark lines on white come out. */
    private static Reading line() {
        return new Reading(1, ZERO, ONE, false, 64, UNIT, true, null, false);
    }

    private static Reading imagenet(int multiple, @Nullable List<Double> range, boolean invert) {
        return new Reading(1, IMAGENET_MEAN, IMAGENET_DEVIATION, false, multiple, range, invert, null, false);
    }

    /** What the extension calls the file's preprocessor, by the file's name, or its folder's; else the file's own name. */
    static String name(Path file) {
        String own = ModelScan.stem(String.valueOf(file.getFileName()));
        Known known = find(own);
        if (known == null && file.getParent() != null) {
            String folder = String.valueOf(file.getParent().getFileName()).toLowerCase(Locale.ROOT);
            known = NetworkKind.PREPROCESSOR.folders().contains(folder) ? null : find(folder);
        }
        return known == null || own.startsWith(known.name) || isGeneral(known) ? own : known.name;
    }

    private static boolean isGeneral(Known known) {
        return !known.name.contains("_");
    }

    static Reading reading(String name) {
        Known known = find(name);
        return known == null ? Reading.PLAIN : known.reading;
    }

    /** Whether it is, or begins like, a preprocessor that the extension has as a network. */
    static boolean isKind(String wanted) {
        String name = wanted.strip().toLowerCase(Locale.ROOT);
        return ALL.stream().anyMatch(k -> name.equals(k.name) || k.name.startsWith(name + "_"));
    }

    private static @Nullable Known find(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace('-', '_');
        return ALL.stream()
                .filter(known -> known.words.matcher(plain).find())
                .findFirst()
                .orElse(null);
    }
}
