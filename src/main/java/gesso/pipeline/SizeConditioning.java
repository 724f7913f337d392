package gesso.pipeline;

import gesso.request.Size;
import gesso.tensor.FloatTensor;

/**
 * What SDXL's UNets are told beside the prompt: its pooled text, and as sines the size of the picture that it was cut out of,
 * where, and the size of the cut (Podell et al. 2023); the refiner, in place of the last, how beautiful the picture is to be.
 */
final class SizeConditioning {
    /** A1111's defaults, and diffusers'. */
    private static final float BEAUTIFUL = 6;

    private static final float NOT_BEAUTIFUL = 2.5f;

    private static final int WAVES = 128; // sines, and as many cosines, for each number
    private static final double MAX_PERIOD = 10_000;

    private SizeConditioning() {}

    /** SDXL's vector, [1, w + 6·256], from the pooled text, [1, w]. */
    static FloatTensor base(FloatTensor pooled, Size size) {
        return vector(pooled, size.height(), size.width(), 0, 0, size.height(), size.width());
    }

    /** The refiner's vector, [1, w + 5·256], from the pooled text, [1, w]. */
    static FloatTensor refiner(FloatTensor pooled, Size size, boolean negative) {
        return vector(pooled, size.height(), size.width(), 0, 0, negative ? NOT_BEAUTIFUL : BEAUTIFUL);
    }

    private static FloatTensor vector(FloatTensor pooled, float... numbers) {
        int width = pooled.size();
        float[] all = new float[width + 2 * WAVES * numbers.length];
        System.arraycopy(pooled.data(), 0, all, 0, width);
        for (int i = 0; i < numbers.length; i++) {
            int at = width + 2 * WAVES * i;
            for (int j = 0; j < WAVES; j++) {
                // Rounded to float32 after every step, as torch computes it: a size of 1024 shows a last bit.
                float frequency = (float) Math.exp((float) -Math.log(MAX_PERIOD) * j / WAVES);
                float angle = numbers[i] * frequency;
                all[at + j] = (float) Math.cos(angle);
                all[at + WAVES + j] = (float) Math.sin(angle);
            }
        }
        return FloatTensor.of(all, 1, all.length);
    }
}
