package gesso.image;

import gesso.request.SoftInpainting;
import gesso.tensor.FloatTensor;

/**
 * Soft inpainting in the latents (A1111's built-in extension): after every step the source's latent is mixed in where the
 * mask is grey, the less the lower the noise, and the length of the mixed vectors is kept, so that no contrast is lost.
 */
public final class SoftBlend {
    private final SoftInpainting settings;

    public SoftBlend(SoftInpainting settings) {
        this.settings = settings;
    }

    /**
     * The denoised latent with the source's mixed in.
     *
     * @param init the source's latent, [n, c, h, w] or [1, c, h, w] for all n
     * @param denoised [n, c, h, w]
     * @param mask 1 where the picture is repainted, [1, 1, h, w]
     * @param sigma the step's noise level (the DDIM family of A1111 gives its time step here)
     */
    public FloatTensor blend(FloatTensor init, FloatTensor denoised, FloatTensor mask, float sigma) {
        float exponent = (float) (Math.pow(sigma, settings.scheduleBias()) * settings.preservationStrength());
        int channels = denoised.dim(1);
        int size = denoised.dim(2) * denoised.dim(3);
        float[] out = new float[denoised.size()];
        for (int n = 0; n < denoised.dim(0); n++) {
            int from = n * channels * size;
            int initFrom = init.dim(0) == 1 ? 0 : from;
            for (int i = 0; i < size; i++) {
                float t = (float) Math.pow(mask.data()[i], exponent);
                mix(init.data(), initFrom + i, denoised.data(), from + i, t, size, channels, out);
            }
        }
        return FloatTensor.of(out, denoised.shape());
    }

    /** One vector of {@code channels} values that lie {@code step} apart. */
    private void mix(float[] a, int atA, float[] b, int atB, float t, int step, int channels, float[] out) {
        double power = settings.transitionContrastBoost();
        double lengthA = 0;
        double lengthB = 0;
        double length = 0;
        for (int c = 0; c < channels; c++) {
            float va = a[atA + c * step];
            float vb = b[atB + c * step];
            float v = va * (1 - t) + vb * t;
            out[atB + c * step] = v;
            lengthA += (double) va * va;
            lengthB += (double) vb * vb;
            length += (double) v * v;
        }
        double wanted = Math.pow(
                Math.pow((float) Math.sqrt(lengthA), power) * (1 - t) + Math.pow((float) Math.sqrt(lengthB), power) * t,
                1 / power);
        float factor = (float) (wanted / ((float) Math.sqrt(length) + 0.00001));
        for (int c = 0; c < channels; c++) {
            out[atB + c * step] *= factor;
        }
    }
}
