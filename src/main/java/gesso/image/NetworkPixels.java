package gesso.image;

import gesso.request.Picture;
import gesso.tensor.FloatTensor;

/** Pictures as the networks that look at them take them. */
public final class NetworkPixels {
    private static final int WHITE = 0xFFFFFFFF;

    /** CLIP's mean and standard deviation of each colour, in 0–1; BLIP took them over. */
    private static final double[] MEAN = {0.48145466, 0.4578275, 0.40821073};

    private static final double[] DEVIATION = {0.26862954, 0.26130258, 0.27577711};

    private NetworkPixels() {}

    /** CLIP's: the shorter side becomes {@code side} (bicubic), the middle is cut out. [1, 3, side, side], normalized. */
    public static FloatTensor clip(Picture picture, int side) {
        Picture opaque = Blending.flatten(picture, WHITE);
        boolean tall = opaque.width() <= opaque.height();
        int width = tall ? side : (int) ((long) side * opaque.width() / opaque.height());
        int height = tall ? (int) ((long) side * opaque.height() / opaque.width()) : side;
        Region middle = new Region(half(width - side), half(height - side), side, side);
        return normalized(Resampling.BICUBIC.part(opaque, width, height, middle));
    }

    /** BLIP's: squeezed into the square (bicubic). [1, 3, side, side], normalized. */
    public static FloatTensor blip(Picture picture, int side) {
        return normalized(Resampling.BICUBIC.resize(Blending.flatten(picture, WHITE), side, side));
    }

    /** torchvision's half of what is too much: a half goes to the even number. */
    private static int half(int pixels) {
        return (int) Math.rint(pixels / 2.0);
    }

    private static FloatTensor normalized(Picture picture) {
        int size = picture.argb().length;
        float[] data = new float[3 * size];
        for (int i = 0; i < size; i++) {
            int p = picture.argb()[i];
            for (int c = 0; c < 3; c++) {
                data[c * size + i] = ((p >> (16 - 8 * c) & 255) / 255f - (float) MEAN[c]) / (float) DEVIATION[c];
            }
        }
        return FloatTensor.of(data, 1, 3, picture.height(), picture.width());
    }
}
