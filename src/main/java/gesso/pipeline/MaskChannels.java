package gesso.pipeline;

import gesso.image.LatentScaling;
import gesso.request.Size;
import gesso.tensor.FloatTensor;
import java.util.Arrays;

/**
 * What a 9-channel inpainting model sees beside the latent: the mask and the latent of the masked picture, [1, 5, h/8, w/8]
 * (Rombach et al. 2022; A1111's "hybrid" conditioning).
 */
final class MaskChannels {
    private final Decoding decoding;

    MaskChannels(Decoding decoding) {
        this.decoding = decoding;
    }

    /** Text-to-image: everything is to be painted, and what was there is mid-grey. */
    FloatTensor everything(Size size, VaeNoise noise) {
        return everything(FloatTensor.zeros(1, 3, size.height(), size.width()), 1, noise);
    }

    /**
     * Everything is to be painted anew.
     *
     * @param image what was there, [1, 3, h, w] in −1..1
     * @param weight {@code inpainting_mask_weight}: 1 shows mid-grey in its place, 0 shows it as it is
     */
    FloatTensor everything(FloatTensor image, double weight, VaeNoise noise) {
        FloatTensor mask =
                FloatTensor.zeros(1, 1, image.dim(2) / PassRunner.LATENT_SCALE, image.dim(3) / PassRunner.LATENT_SCALE);
        Arrays.fill(mask.data(), 1);
        return join(mask, decoding.encode(image.times(1 - (float) weight), noise));
    }

    /**
     * A source picture under a mask.
     *
     * @param mask 1 where it is painted anew, else 0, [1, 1, h/8, w/8]
     * @param shown what is to be seen of the picture, [1, 3, h, w] in −1..1
     */
    FloatTensor beside(FloatTensor mask, FloatTensor shown, VaeNoise noise) {
        FloatTensor latent = decoding.encode(shown, noise);
        boolean same = latent.dim(2) == mask.dim(2) && latent.dim(3) == mask.dim(3);
        // With "latent upscale" the picture still has its own size.
        return join(mask, same ? latent : LatentScaling.BILINEAR.resize(latent, mask.dim(2), mask.dim(3)));
    }

    private static FloatTensor join(FloatTensor mask, FloatTensor latent) {
        float[] both = Arrays.copyOf(mask.data(), mask.size() + latent.size());
        System.arraycopy(latent.data(), 0, both, mask.size(), latent.size());
        return FloatTensor.of(both, 1, 1 + latent.dim(1), latent.dim(2), latent.dim(3));
    }
}
