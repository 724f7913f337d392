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
    FloatTensor everything(Size size) {
        FloatTensor grey = FloatTensor.zeros(1, 3, size.height(), size.width());
        FloatTensor mask = FloatTensor.zeros(
                1, 1, size.height() / PassRunner.LATENT_SCALE, size.width() / PassRunner.LATENT_SCALE);
        Arrays.fill(mask.data(), 1);
        return join(mask, decoding.encode(grey));
    }

    /**
     * A source picture under a mask.
     *
     * @param source [1, 3, h, w] in −1..1
     * @param mask 1 where it is painted anew, else 0, [1, 1, h, w]
     * @param weight {@code inpainting_mask_weight}: 1 hides what is under the mask behind mid-grey, 0 shows it all
     */
    FloatTensor under(FloatTensor source, FloatTensor mask, double weight) {
        float w = (float) weight;
        float[] shown = new float[source.size()];
        int plane = mask.size();
        for (int i = 0; i < shown.length; i++) {
            float x = source.data()[i];
            float hidden = x * (1 - mask.data()[i % plane]);
            // torch's lerp takes the end that is nearer.
            shown[i] = w < 0.5f ? x + w * (hidden - x) : hidden - (hidden - x) * (1 - w);
        }
        FloatTensor latent = decoding.encode(FloatTensor.of(shown, source.shape()));
        return join(LatentScaling.NEAREST.resize(mask, latent.dim(2), latent.dim(3)), latent);
    }

    private static FloatTensor join(FloatTensor mask, FloatTensor latent) {
        float[] both = Arrays.copyOf(mask.data(), mask.size() + latent.size());
        System.arraycopy(latent.data(), 0, both, mask.size(), latent.size());
        return FloatTensor.of(both, 1, 1 + latent.dim(1), latent.dim(2), latent.dim(3));
    }
}
