package gesso.command;

import gesso.image.Outpainting;
import gesso.request.GenerationRequest;
import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.InvalidRequest;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Painting on beyond the picture's edges: the picture on a larger canvas, with a mask over what is new. */
final class OutpaintOption {
    /** What A1111 recommends for it. */
    private static final double DENOISE = 0.8;

    private static final Pattern SIDES = Pattern.compile("(\\d{1,4}),(\\d{1,4}),(\\d{1,4}),(\\d{1,4})");
    private static final Pattern ONE = Pattern.compile("\\d{1,4}");

    @Option(
            names = "--outpaint",
            paramLabel = "N|LEFT,RIGHT,TOP,BOTTOM",
            description = "paint on beyond the edges of --image, so many pixels, 8 to 256 (mask blur 8, denoise 0.8)")
    @Nullable
    String outpaint;

    boolean asked() {
        return outpaint != null;
    }

    void refuseWith(String option, @Nullable Object given) {
        if (given != null) {
            throw new InvalidRequest("outpaint", "--outpaint has a mask of its own; leave out %s.".formatted(option));
        }
    }

    /** The request with the extended picture to start from. */
    GenerationRequest start(GenerationRequest from, Picture picture, int blur) {
        int[] sides = sides();
        Outpainting extended = Outpainting.of(picture.size(), sides[0], sides[1], sides[2], sides[3], blur);
        Inpaint inpaint = new Inpaint(
                extended.mask().toPicture(),
                blur,
                MaskMode.MASKED,
                MaskedContent.FILL,
                InpaintArea.WHOLE_PICTURE,
                Inpaint.DEFAULT_PADDING,
                null);
        Rework rework = new Rework(extended.extend(picture), ResizeMode.JUST_RESIZE, DENOISE, false, false, inpaint);
        return from.edit(e -> e.rework(rework));
    }

    /**
     * The request as it is to run: at the canvas's size where all of it is seen, since the picture must keep its pixels.
     *
     * @param asked whether a size was asked for
     */
    GenerationRequest finish(GenerationRequest request, boolean asked) {
        Rework rework = request.rework();
        Inpaint inpaint = rework == null ? null : rework.inpaint();
        if (outpaint == null || rework == null || inpaint == null) {
            return request;
        }
        Map<String, String> extras = new LinkedHashMap<>(request.extras());
        extras.put(
                "Outpaint", Arrays.stream(sides()).mapToObj(Integer::toString).collect(Collectors.joining(",")));
        if (inpaint.area() == InpaintArea.ONLY_MASKED) {
            return request.edit(e -> e.extras(extras));
        }
        Size canvas = rework.source().size();
        if (asked && !request.size().equals(canvas)) {
            throw new InvalidRequest(
                    "size",
                    "--outpaint makes a picture of %s; leave out --size, or add --area masked.".formatted(canvas));
        }
        checkSize(canvas);
        return request.edit(e -> e.size(canvas).extras(extras));
    }

    private static void checkSize(Size canvas) {
        int least = GenerationRequest.SMALLEST_SIDE;
        int most = GenerationRequest.LARGEST_SIDE;
        if (Math.min(canvas.width(), canvas.height()) < least) {
            throw new InvalidRequest(
                    "outpaint",
                    "The extended picture has %s pixels, and its sides need %d; extend it by more."
                            .formatted(canvas, least));
        }
        if (Math.max(canvas.width(), canvas.height()) > most) {
            throw new InvalidRequest(
                    "outpaint",
                    "The extended picture has %s pixels, and at most %d a side are made at once; add --area masked."
                            .formatted(canvas, most));
        }
    }

    private int[] sides() {
        String text = outpaint == null ? "" : outpaint.replace(" ", "");
        Matcher four = SIDES.matcher(text);
        int[] sides = new int[4];
        for (int i = 0; i < 4; i++) {
            if (four.matches()) {
                sides[i] = Integer.parseInt(four.group(i + 1));
            } else if (ONE.matcher(text).matches()) {
                sides[i] = Integer.parseInt(text);
            } else {
                throw new InvalidRequest(
                        "outpaint",
                        "--outpaint takes a number of pixels, or four: LEFT,RIGHT,TOP,BOTTOM; not \"%s\"."
                                .formatted(outpaint));
            }
            if (sides[i] != 0 && (sides[i] < Outpainting.SMALLEST || sides[i] > Outpainting.LARGEST)) {
                throw new InvalidRequest(
                        "outpaint",
                        "A side is extended by %d to %d pixels, or 0, not %d."
                                .formatted(Outpainting.SMALLEST, Outpainting.LARGEST, sides[i]));
            }
        }
        if (sides[0] + sides[1] + sides[2] + sides[3] == 0) {
            throw new InvalidRequest("outpaint", "--outpaint extends no side; say by how many pixels.");
        }
        return sides;
    }
}
