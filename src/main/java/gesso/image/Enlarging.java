package gesso.image;

import gesso.request.Picture;
import gesso.tensor.FloatTensor;

/** What a network that makes pictures larger is given, and what becomes of its answer. */
public final class Enlarging {
    private Enlarging() {}

    /**
     * The colours of a part of a picture in 0–1, mirrored over the right and lower edges up to the next multiple.
     *
     * @return [1, 3, h, w]
     */
    public static FloatTensor toTensor(Picture picture, Region region, int multiple) {
        int width = up(region.width(), multiple);
        int height = up(region.height(), multiple);
        int area = width * height;
        float[] data = new float[3 * area];
        for (int y = 0; y < height; y++) {
            int row = (region.y() + mirrored(y, region.height())) * picture.width() + region.x();
            for (int x = 0; x < width; x++) {
                int p = picture.argb()[row + mirrored(x, region.width())];
                int at = y * width + x;
                data[at] = (p >> 16 & 255) / 255f;
                data[area + at] = (p >> 8 & 255) / 255f;
                data[2 * area + at] = (p & 255) / 255f;
            }
        }
        return FloatTensor.of(data, 1, 3, height, width);
    }

    private static int up(int side, int multiple) {
        return (side + multiple - 1) / multiple * multiple;
    }

    /** 0 1 2 3 2 1 0 1 … */
    private static int mirrored(int at, int length) {
        if (length == 1) {
            return 0;
        }
        int period = 2 * (length - 1);
        int within = at % period;
        return within < length ? within : period - within;
    }

    /** The left upper part of [1, 3, h, w]. */
    public static FloatTensor cut(FloatTensor image, int width, int height) {
        int oldHeight = image.dim(2);
        int oldWidth = image.dim(3);
        if (oldHeight == height && oldWidth == width) {
            return image;
        }
        float[] data = new float[3 * height * width];
        for (int row = 0; row < 3 * height; row++) {
            int from = (row / height * oldHeight + row % height) * oldWidth;
            System.arraycopy(image.data(), from, data, row * width, width);
        }
        return FloatTensor.of(data, 1, 3, height, width);
    }

    /** The picture as transparent as another of any size, which networks do not see. */
    public static Picture withAlphaOf(Picture transparent, Picture picture) {
        if (Pixels.isOpaque(transparent)) {
            return picture;
        }
        Picture alpha = Resampling.LANCZOS.resize(transparent, picture.width(), picture.height());
        int[] out = new int[picture.argb().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (alpha.argb()[i] & 0xFF000000) | (picture.argb()[i] & 0xFFFFFF);
        }
        return new Picture(picture.width(), picture.height(), out);
    }
}
