package gesso.sampling;

import gesso.tensor.FloatTensor;

/** latent·mask + original·(1−mask), at every step and at the end. */
public final class MaskBlend implements LatentBlend {
    private final FloatTensor original;
    private final FloatTensor mask;

    /**
     * A blend of two latents.
     *
     * @param original the source picture's latent, [1, 4, h, w]
     * @param mask 1 where the picture is made anew, [1, 1, h, w] or original's shape
     */
    public MaskBlend(FloatTensor original, FloatTensor mask) {
        int plane = original.dim(2) * original.dim(3);
        if (mask.size() != plane && mask.size() != original.size()) {
            throw new IllegalArgumentException(mask + " for " + original);
        }
        this.original = original;
        this.mask = mask;
    }

    @Override
    public FloatTensor blend(FloatTensor latent, double level) {
        return finish(latent);
    }

    @Override
    public FloatTensor finish(FloatTensor latent) {
        float[] blended = new float[latent.size()];
        for (int i = 0; i < blended.length; i++) {
            float m = mask.data()[i % mask.size()];
            blended[i] = latent.data()[i] * m + original.data()[i] * (1 - m);
        }
        return FloatTensor.of(blended, latent.shape());
    }
}
