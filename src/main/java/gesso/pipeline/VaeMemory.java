package gesso.pipeline;

import gesso.weights.Weight;
import gesso.weights.WeightFile;
import java.util.OptionalLong;

/**
 * Whether a VAE has room to see a picture whole. Asked before it is tried on the CPU, where some systems grant any memory and
 * then end the program that uses it.
 */
final class VaeMemory {
    /** Measured: Stable Diffusion's VAE, 128 channels wide at the picture's size, takes 4.6 GB at 1024×1024. */
    private static final double BYTES = 4.6e9 / (1024 * 1024) / 128;

    private static final String LAST = "decoder.conv_out.weight";

    private VaeMemory() {}

    /**
     * Whether it fits; true where that is not known.
     *
     * @param vae its file
     * @param pixels of the picture
     * @param available bytes; empty where the system does not tell
     */
    static boolean fits(WeightFile vae, long pixels, OptionalLong available) {
        return available.isEmpty() || bytes(vae, pixels) <= available.getAsLong();
    }

    /** What it takes besides its weights to see so many pixels; 0 where that is not known, or next to nothing (TAESD). */
    static long bytes(WeightFile vae, long pixels) {
        return (long) (pixels * width(vae) * BYTES);
    }

    /** Channels at the picture's size; 0 where the file does not say. */
    private static int width(WeightFile vae) {
        for (Weight weight : vae.weights().values()) {
            if (weight.name().endsWith(LAST) && weight.shape().length == 4) {
                return (int) weight.shape()[1];
            }
        }
        return 0;
    }
}
