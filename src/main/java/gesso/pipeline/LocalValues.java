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
        int scale = PassRunner.LATENT_SCALE;
        int width = size.width() / scale;
        int height = size.height() / scale;
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            int sum = 0;
            for (int j = 0; j < scale * scale; j++) {
                sum += grey.at(i % width * scale + j % scale, i / width * scale + j / scale);
            }
            values[i] = (float) (sum / (255.0 * scale * scale));
        }
        return FloatTensor.of(values, 1, 1, height, width);
    }
}
