package gesso.image.control;

import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.request.Size;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A preprocessor that is a network (depth, soft edges, line art, normals …), in a file that the user has, and what its numbers
 * mean; the network itself is run elsewhere.
 *
 * @param name as A1111's ControlNet extension calls it where it has it ({@code depth_midas}), else the file's
 */
public record LearnedPreprocessor(String name, Path file, Reading reading) {
    private static final int COLOURS = 3;

    /**
     * How a network is to be asked and understood.
     *
     * @param white what it takes white for, before {@code mean} and {@code deviation}: 1 or 255
     * @param mean of each colour, taken off, in parts of white
     * @param deviation by which each colour is then divided, in parts of white
     * @param bgr whether blue comes first
     * @param multiple where it takes any size: of what its sides are multiples, 1–512
     * @param range what of its answer is black and what white; null: its least and its most
     * @param invert whether dark and light then change places
     * @param output the name of its output; null: the last where {@code last}, else the first
     */
    public record Reading(
            double white,
            List<Double> mean,
            List<Double> deviation,
            boolean bgr,
            int multiple,
            @Nullable List<Double> range,
            boolean invert,
            @Nullable String output,
            boolean last) {
        /** Colours 0–1 in, shades 0–1 out, sides that are multiples of 64. */
        public static final Reading PLAIN = new Reading(
                1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), false, 64, List.of(0.0, 1.0), false, null, false);

        public Reading {
            mean = List.copyOf(mean);
            deviation = List.copyOf(deviation);
            range = range == null ? null : List.copyOf(range);
        }
    }

    /**
     * The size at which the network looks at a picture.
     *
     * @param width the network's own; −1: any
     * @param height likewise
     */
    public Size seen(Size drawn, int width, int height) {
        return new Size(width > 0 ? width : multiple(drawn.width()), height > 0 ? height : multiple(drawn.height()));
    }

    private int multiple(int side) {
        return Math.max((int) Math.rint((double) side / reading.multiple), 1) * reading.multiple;
    }

    /** The size of the control image of a picture brought to a resolution of its shorter side. */
    public static Size drawn(Size picture, int resolution) {
        return ControlSize.at(picture, resolution);
    }

    /**
     * What the network is given.
     *
     * @param picture opaque
     * @param channels 3, or 1 for a network that takes grey
     * @return [channels · h · w], a channel after the other
     */
    public float[] given(Picture picture, Size seen, int channels) {
        boolean smaller = (long) seen.width() * seen.height() < (long) picture.width() * picture.height();
        Picture at = smaller
                ? ControlSize.area(picture, seen.width(), seen.height())
                : ControlSize.cubic(picture, seen.width(), seen.height());
        int size = at.argb().length;
        float[] out = new float[channels * size];
        for (int i = 0; i < size; i++) {
            int p = at.argb()[i];
            for (int c = 0; c < channels; c++) {
                double value = channels == 1
                        ? (0.299 * (p >> 16 & 255) + 0.587 * (p >> 8 & 255) + 0.114 * (p & 255)) / 255
                        : (p >> (reading.bgr ? 8 * c : 16 - 8 * c) & 255) / 255.0;
                out[c * size + i] = (float) ((value - reading.mean.get(c)) / reading.deviation.get(c) * reading.white);
            }
        }
        return out;
    }

    /**
     * The control image.
     *
     * @param answer one plane or more of h · w numbers, one after another; of three or four the first three are colours
     * @throws GessoException where that is no picture
     */
    public Picture drawn(float[] answer, int planes, int width, int height, Size size) {
        if (planes == 2 || planes > COLOURS + 1 || planes < 1) {
            throw new GessoException("The preprocessor %s answers with %d numbers for each pixel, which is no picture."
                    .formatted(name, planes));
        }
        int colours = planes == 1 ? 1 : COLOURS;
        float[][] values = new float[colours][width * height];
        for (int c = 0; c < colours; c++) {
            System.arraycopy(answer, c * width * height, values[c], 0, width * height);
        }
        Planes fitted = fitted(new Planes(width, height, values), size);
        List<Double> range = range(fitted);
        float[][] shades = new float[COLOURS][];
        for (int c = 0; c < COLOURS; c++) {
            shades[c] = shades(fitted.values()[Math.min(c, colours - 1)], range);
        }
        return new Planes(size.width(), size.height(), shades).toPicture();
    }

    private static Planes fitted(Planes planes, Size size) {
        if (planes.width() == size.width() && planes.height() == size.height()) {
            return planes;
        }
        boolean smaller = size.width() <= planes.width() && size.height() <= planes.height();
        return planes.transformed(
                smaller ? Taps.area(planes.width(), size.width()) : Taps.cubic(planes.width(), size.width()),
                smaller ? Taps.area(planes.height(), size.height()) : Taps.cubic(planes.height(), size.height()));
    }

    private List<Double> range(Planes planes) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (float[] plane : planes.values()) {
            for (float v : plane) {
                if (!Float.isFinite(v)) {
                    throw new GessoException(
                            "The preprocessor %s answers with values that are no numbers (NaN).".formatted(name));
                }
                least = Math.min(least, v);
                most = Math.max(most, v);
            }
        }
        return reading.range == null ? List.of(least, most) : reading.range;
    }

    private float[] shades(float[] values, List<Double> range) {
        float[] out = new float[values.length];
        double black = range.get(0);
        double span = range.get(1) - black;
        for (int i = 0; i < out.length; i++) {
            double part = span > 0 ? (values[i] - black) / span : 0;
            double shade = 255 * Math.min(Math.max(part, 0), 1);
            out[i] = (float) (reading.invert ? 255 - shade : shade);
        }
        return out;
    }
}
