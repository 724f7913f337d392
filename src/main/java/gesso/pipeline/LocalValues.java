package gesso.pipeline;

import gesso.image.Mask;
import gesso.request.Size;
import gesso.tensor.FloatTensor;

/** A grey picture's values at the size of a latent. */
final class LocalValues {
    private LocalValues() {}

    /**
     * The mean of each latent pixel's 8×8 pixels.
     *
     * @param grey of that size
     * @return [1, 1, h/8, w/8] in 0–1
     */
    static FloatTensor of(Mask grey, Size size) {
        double[] means = means(grey, size);
        float[] values = new float[means.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) means[i];
        }
        return FloatTensor.of(
                values, 1, 1, size.height() / PassRunner.LATENT_SCALE, size.width() / PassRunner.LATENT_SCALE);
    }

    static double[] means(Mask grey, Size size) {
        int scale = PassRunner.LATENT_SCALE;
        int width = size.width() / scale;
        double[] values = new double[width * (size.height() / scale)];
        for (int i = 0; i < values.length; i++) {
            int sum = 0;
            for (int j = 0; j < scale * scale; j++) {
                sum += grey.at(i % width * scale + j % scale, i / width * scale + j / scale);
            }
            values[i] = sum / (255.0 * scale * scale);
        }
        return values;
    }
}
