package gesso.image.control;

import gesso.image.Blending;
import gesso.image.Mask;
import gesso.request.InvalidRequest;
import gesso.request.Labelled;
import gesso.request.Picture;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is drawn from a picture before a ControlNet sees it, by the names of A1111's ControlNet extension. Those that need a
 * learned network (depth, normals, softedge_hed, …) are {@link LearnedPreprocessor}s.
 */
public enum Preprocessor implements Labelled {
    /** The picture itself. */
    NONE("none", 0, 0, 0, 0),
    /** Outlines: {@link Canny}; the thresholds are its low and high, 1–255. */
    CANNY("canny", 100, 200, 1, 255),
    /** Light lines on black where the picture is darker than its surroundings. */
    LINEART("lineart_standard", 0, 0, 0, 0),
    /** Bold strokes where it is darker (a difference of Gaussians); the first threshold, 1–64: fewer strokes. */
    SCRIBBLE("scribble_xdog", 32, 0, 1, 64),
    /** Black for white: for line drawings on paper, since ControlNets know light lines on black. */
    INVERT("invert", 0, 0, 0, 0),
    /** White above the first threshold, 0–255, else black; each channel by itself. */
    THRESHOLD("threshold", 127, 0, 0, 255),
    /** The picture, made smaller by the first threshold's factor, 1–8: what is to be kept but its details. */
    TILE("tile_resample", 1, 0, 1, 8),
    /** Soft white edges on black, the stronger the brighter: the gradient of the blurred picture. */
    GRADIENT("softedge_gradient", 0, 0, 0, 0),
    /** The picture itself, black where the mask says that it is to be filled. */
    INPAINT("inpaint_only", 0, 0, 0, 0);

    private static final int WHITE = 0xFFFFFF;
    private static final int SMALLEST = 1;
    /** Of the shorter side, in pixels. */
    public static final int LARGEST = 4096;

    private final String label;
    private final double first;
    private final double second;
    private final double lowest;
    private final double highest;

    /** {@code lowest} and {@code highest}: what a threshold may be. */
    Preprocessor(String label, double first, double second, double lowest, double highest) {
        this.label = label;
        this.first = first;
        this.second = second;
        this.lowest = lowest;
        this.highest = highest;
    }

    @Override
    public String label() {
        return label;
    }

    /** The first threshold where none is chosen. */
    public double defaultFirst() {
        return first;
    }

    /** The second threshold where none is chosen. */
    public double defaultSecond() {
        return second;
    }

    /** Whether there is a first threshold at all. */
    public boolean hasFirst() {
        return highest > 0;
    }

    /** Whether there is a second threshold at all. */
    public boolean hasSecond() {
        return second > 0;
    }

    /** Whether the picture is brought to a resolution, not kept at its own size. */
    public boolean hasResolution() {
        return this != NONE && this != INVERT && this != TILE && this != INPAINT;
    }

    /** Reads a label, or the short form of one: lineart, scribble, tile, inpaint. */
    public static Preprocessor parse(String text) {
        return find(text).orElseGet(() -> Labelled.parse(Preprocessor.class, "preprocessor", "preprocessor", text));
    }

    /** The same; empty where there is none. */
    public static Optional<Preprocessor> find(String text) {
        String wanted = text.strip();
        return Arrays.stream(values())
                .filter(p -> p.name().equalsIgnoreCase(wanted) || p.label.equalsIgnoreCase(wanted))
                .findFirst();
    }

    /**
     * Draws the picture's control image; it is opaque, and as large as the picture brought to the resolution.
     *
     * @param picture transparent parts are seen on white
     * @param resolution of the shorter side ({@link ControlSize#pixelPerfect}); {@link #NONE}, {@link #INVERT} and
     *     {@link #TILE} keep the picture's own size
     * @throws InvalidRequest for a threshold or a resolution that cannot be
     */
    public Picture apply(Picture picture, int resolution, double firstThreshold, double secondThreshold) {
        check(resolution, firstThreshold, secondThreshold);
        Picture source = Blending.flatten(picture, WHITE);
        return switch (this) {
            case NONE, INPAINT -> source;
            case INVERT -> inverted(source);
            case TILE -> ControlSize.shrunk(source, firstThreshold);
            case CANNY ->
                Canny.edges(ControlSize.resized(source, resolution), (int) firstThreshold, (int) secondThreshold)
                        .toPicture();
            case LINEART -> Lines.standard(ControlSize.resized(source, resolution));
            case SCRIBBLE -> Lines.scribble(ControlSize.resized(source, resolution), firstThreshold);
            case GRADIENT -> Lines.gradient(ControlSize.resized(source, resolution));
            case THRESHOLD -> cut(ControlSize.resized(source, resolution), firstThreshold);
        };
    }

    private void check(int resolution, double firstThreshold, double secondThreshold) {
        if (hasResolution() && (resolution < SMALLEST || resolution > LARGEST)) {
            throw new InvalidRequest(
                    "resolution",
                    "A control image's resolution must be between %d and %d, not %d."
                            .formatted(SMALLEST, LARGEST, resolution));
        }
        if (hasFirst()) {
            checkThreshold(firstThreshold);
        }
        if (hasSecond()) {
            checkThreshold(secondThreshold);
        }
    }

    private void checkThreshold(double threshold) {
        if (!(threshold >= lowest && threshold <= highest)) {
            throw new InvalidRequest(
                    "threshold",
                    "A threshold of %s must be between %.0f and %.0f, not %s."
                            .formatted(label, lowest, highest, plain(threshold)));
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static Picture inverted(Picture picture) {
        int[] out = new int[picture.argb().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = picture.argb()[i] ^ WHITE;
        }
        return new Picture(picture.width(), picture.height(), out);
    }

    private static Picture cut(Picture picture, double threshold) {
        int[] out = new int[picture.argb().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = 0xFF000000;
            for (int shift = 0; shift < 24; shift += 8) {
                out[i] |= (picture.argb()[i] >> shift & 255) > threshold ? 255 << shift : 0;
            }
        }
        return new Picture(picture.width(), picture.height(), out);
    }

    /** What of it can be shown: the picture, opaque, and black where the mask is painted. */
    public static Picture hidden(Picture picture, Mask mask) {
        int[] out = Blending.flatten(picture, WHITE).argb().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = mask.at(i) > 127 ? 0xFF000000 : out[i];
        }
        return new Picture(picture.width(), picture.height(), out);
    }

    /**
     * The picture that an inpainting ControlNet sees, as [3·h·w] values: 0–1, and −1 where the mask is painted.
     *
     * @param mask of the picture's size
     */
    public static float[] inpaint(Picture picture, Mask mask) {
        int size = picture.argb().length;
        float[] out = new float[3 * size];
        for (int i = 0; i < size; i++) {
            for (int c = 0; c < 3; c++) {
                float value = (picture.argb()[i] >> (16 - 8 * c) & 255) / 255f;
                out[c * size + i] = mask.at(i) > 127 ? -1 : value;
            }
        }
        return out;
    }
}
