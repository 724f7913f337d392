package gesso.image;

import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Size;
import gesso.tensor.FloatTensor;
import java.util.Arrays;

/** Pictures as the networks that look at them take them. */
public final class NetworkPixels {
    private static final int HUGE = 8192;
    private static final int WHITE = 0xFFFFFF;

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

    /** WD14's: in the middle of a white square, bicubic; blue, green, red in 0–255. [1, side, side, 3]. */
    public static FloatTensor wd14(Picture picture, int side) {
        Picture opaque = Blending.flatten(notHuge(picture), WHITE);
        int most = Math.max(opaque.width(), opaque.height());
        int[] square = new int[Math.multiplyExact(most, most)];
        Arrays.fill(square, 0xFF000000 | WHITE);
        Blending.paste(opaque, square, most, (most - opaque.width()) / 2, (most - opaque.height()) / 2);
        return colours(Resampling.BICUBIC.resize(new Picture(most, most, square), side, side), true, 1);
    }

    /** DeepDanbooru's, as A1111 feeds it: whole in the middle, its surroundings filled; red, green, blue in 0–1. [1, side, side, 3]. */
    public static FloatTensor deepDanbooru(Picture picture, int side) {
        Picture opaque = Blending.flatten(picture, WHITE);
        return colours(Fitting.fit(ResizeMode.RESIZE_AND_FILL, opaque, new Size(side, side)), false, 255);
    }

    /** So that the square round a long strip fits into memory. */
    private static Picture notHuge(Picture picture) {
        int most = Math.max(picture.width(), picture.height());
        return most <= HUGE
                ? picture
                : Resampling.BOX.resize(
                        picture, Math.max(1, (int) ((long) picture.width() * HUGE / most)), Math.max(1, (int)
                                ((long) picture.height() * HUGE / most)));
    }

    private static FloatTensor colours(Picture picture, boolean blueFirst, float divisor) {
        float[] data = new float[3 * picture.argb().length];
        for (int i = 0; i < picture.argb().length; i++) {
            int p = picture.argb()[i];
            for (int c = 0; c < 3; c++) {
                data[3 * i + (blueFirst ? 2 - c : c)] = (p >> (16 - 8 * c) & 255) / divisor;
            }
        }
        return FloatTensor.of(data, 1, picture.height(), picture.width(), 3);
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
