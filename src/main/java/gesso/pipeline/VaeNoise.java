package gesso.pipeline;

import gesso.request.Rng;
import gesso.request.SeedSettings;
import gesso.runtime.VaeEncoder;
import gesso.sampling.ImageNoise;
import gesso.sampling.NormalGenerator;
import gesso.sampling.TorchCpuNormals;
import gesso.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * What the VAE's encoder adds to a picture's latent. A VAE gives a distribution; A1111 draws from it with torch's one
 * generator, in whatever state that is: the drawing of a picture's first noise seeds it. Where its state is known, Gesso draws
 * the same; else it takes the middle of the distribution. diffusers draws it from the picture's own generator.
 */
final class VaeNoise {
    private @Nullable NormalGenerator generator;

    /**
     * The state at first.
     *
     * @param seed null: not known
     */
    VaeNoise(@Nullable Long seed) {
        generator = seed == null ? null : new TorchCpuNormals(seed);
    }

    /** diffusers: the generator that the picture's noise comes from after this. */
    static VaeNoise ofPicture(SeedSettings picture) {
        VaeNoise noise = new VaeNoise(null);
        noise.generator = ImageNoise.generator(picture.rng()).apply(picture.seed());
        return noise;
    }

    /** A picture's first noise is drawn. NVIDIA's numbers without its card (NV) leave torch's generator as it is. */
    void seed(SeedSettings picture) {
        if (picture.rng() == Rng.CPU || picture.rng() == Rng.GPU) {
            generator = new TorchCpuNormals(picture.seed());
        }
    }

    /** A latent of the distribution, of mean's shape. */
    FloatTensor draw(VaeEncoder.Moments moments) {
        FloatTensor mean = moments.mean();
        if (generator == null) {
            return mean;
        }
        float[] drawn = generator.normals(mean.size());
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = mean.data()[i] + (float) Math.exp(0.5f * moments.logvar().data()[i]) * drawn[i];
        }
        return FloatTensor.of(drawn, mean.shape());
    }
}
