package gesso.image;

import gesso.request.Picture;

/**
 * What "fill" puts under a mask: the surroundings, blurred ever less and laid over one another, so that every masked pixel
 * has a colour and those at the edge the nearest one (A1111's {@code masking.fill}).
 */
public final class MaskedFill {
    private static final int[][] RADIUS_AND_TIMES = {{256, 1}, {64, 1}, {16, 2}, {4, 4}, {2, 2}, {0, 1}};

    private MaskedFill() {}

    /** The picture with what the mask covers filled. Both of the same size, the picture opaque. */
    public static Picture fill(Picture picture, Mask mask) {
        int width = picture.width();
        int height = picture.height();
        int[] around = Blending.premultipliedHidden(picture, mask);
        Picture filled = new Picture(width, height, new int[around.length]);
        for (int[] layer : RADIUS_AND_TIMES) {
            int[] blurred = layer[0] == 0 ? around : new BoxGaussian(layer[0]).blur(around, width, height);
            Picture top = new Picture(width, height, Blending.unpremultiplied(blurred));
            for (int i = 0; i < layer[1]; i++) {
                filled = Blending.over(top, filled);
            }
        }
        return Blending.opaque(filled);
    }
}
