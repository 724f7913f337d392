package gesso.runtime;

import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.DeviceTrouble;
import gesso.tensor.FloatTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a foreign upscaler is, found by small grey pictures: its file says neither by how much it enlarges nor which sizes it
 * takes, but perhaps the one size that it was exported for.
 *
 * @param scale how much larger it makes a picture
 * @param multiple the sides that it takes are multiples of this
 * @param largest side that it takes
 */
record UpscalerTrial(int scale, int multiple, int largest) {
    private static final int LARGEST_SCALE = 16;
    /** Networks that halve their picture, or look at it through windows, take multiples of such. */
    private static final int[] MULTIPLES = {1, 2, 4, 8, 16, 32, 64};

    private static final int BASE = 64;

    /**
     * Tries a network that was just loaded.
     *
     * @throws BadInput where it makes of no picture a larger one
     */
    static UpscalerTrial run(Session session) {
        int height = session.inputDim("image", 2);
        int side = session.inputDim("image", 3);
        if (side > 0 || height > 0) {
            if (side != height) {
                throw new BadInput(
                        "The upscaler takes pictures of %sx%s pixels alone; export it for any size, or for squares."
                                .formatted(words(side), words(height)));
            }
            return scale(session, side)
                    .map(scale -> new UpscalerTrial(scale, side, side))
                    .orElseThrow(UpscalerTrial::useless);
        }
        for (int multiple : MULTIPLES) {
            Optional<Integer> scale = scale(session, BASE + multiple);
            if (scale.isPresent()) {
                return new UpscalerTrial(scale.get(), multiple, Integer.MAX_VALUE);
            }
        }
        throw useless();
    }

    private static String words(int side) {
        return side > 0 ? Integer.toString(side) : "any";
    }

    private static BadInput useless() {
        return new BadInput("The network makes no larger picture of a picture; choose another upscaler.");
    }

    /** By how much a picture of that side becomes larger; empty where it cannot be, or becomes something else. */
    private static Optional<Integer> scale(Session session, int side) {
        float[] grey = new float[3 * side * side];
        Arrays.fill(grey, 0.5f);
        FloatTensor made;
        try {
            made = session.run(
                            Map.of("image", FloatTensor.of(grey, 1, 3, side, side)), List.of("made"), new CancelToken())
                    .get(0);
        } catch (DeviceTrouble e) {
            return Optional.empty();
        }
        boolean picture = made.rank() == 4 && made.dim(0) == 1 && made.dim(1) == 3 && made.dim(2) == made.dim(3);
        int scale = picture ? made.dim(3) / side : 0;
        return scale >= 1 && scale <= LARGEST_SCALE && scale * side == made.dim(3)
                ? Optional.of(scale)
                : Optional.empty();
    }
}
