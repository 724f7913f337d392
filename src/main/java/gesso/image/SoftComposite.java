package gesso.image;

import gesso.request.ResizeMode;
import gesso.request.Size;
import gesso.request.SoftInpainting;
import gesso.tensor.FloatTensor;

/**
 * Soft inpainting's mask for the pixels (A1111's built-in extension): how far the result has moved away from the source, in
 * the latents, decides how much of it is seen. What hardly changed stays the source's own pixels.
 */
public final class SoftComposite {
    private final SoftInpainting settings;

    public SoftComposite(SoftInpainting settings) {
        this.settings = settings;
    }

    /**
     * Where the result is seen (255) and where the source (0).
     *
     * @param mask 1 where the picture was repainted, [1, 1, h, w]
     * @param init the source's latent, [1 or n, c, h, w]
     * @param result the last latent, [n, c, h, w]
     * @param index which of the n
     * @param size of the generated picture
     */
    public Mask visible(FloatTensor mask, FloatTensor init, FloatTensor result, int index, Size size) {
        int height = result.dim(2);
        int width = result.dim(3);
        float[] moved = distances(init, result, index);
        // Single changed or unchanged spots mean nothing: first each place takes the most of its surroundings, then the
        // middle.
        moved = WeightedRank.filter(moved, width, height, 0.9, 1);
        moved = WeightedRank.filter(moved, width, height, 0.25, 0.75);
        byte[] levels = new byte[width * height];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) opacity(moved[i], mask.data()[i]);
        }
        Mask small = new Mask(width, height, levels);
        return new BoxGaussian(4).blur(Fitting.fit(ResizeMode.RESIZE_AND_FILL, small, size));
    }

    private static float[] distances(FloatTensor init, FloatTensor result, int index) {
        int channels = result.dim(1);
        int size = result.dim(2) * result.dim(3);
        int from = index * channels * size;
        int initFrom = init.dim(0) == 1 ? 0 : from;
        float[] out = new float[size];
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                float d = result.data()[from + c * size + i] - init.data()[initFrom + c * size + i];
                sum += (double) d * d;
            }
            out[i] = (float) Math.sqrt(sum);
        }
        return out;
    }

    /** 0–255, the fraction cut off. */
    private int opacity(float distance, float mask) {
        double influence = settings.maskInfluence();
        float clamped = Math.min(Math.max(mask, 0), 1);
        float scalar = 1 - (float) Math.pow(clamped, settings.preservationStrength() / 2);
        scalar = (float) (0.5 * (1 - influence)) + scalar * (float) influence;
        scalar = scalar / (1.00001f - scalar);
        float half = (float) settings.differenceThreshold() * scalar;
        float x = 1 / (1 + (float) Math.pow(distance / half, settings.differenceContrast()));
        float smooth = x * x * x * (x * (6 * x - 15) + 10);
        return (int) (255f * (1 - smooth));
    }
}
