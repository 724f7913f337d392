package gesso.image;

import gesso.request.Picture;
import gesso.tensor.FloatTensor;

/**
 * A picture of a latent for the price of a 4×3 product per latent pixel: a linear fit of the decoder ("Approx cheap" of
 * A1111, after Kevin Turner's fit). One pixel per latent pixel.
 */
public final class LatentPreview {
    /** Rows: latent channels; columns: red, green, blue. */
    private static final float[][] SD1 = {
        {0.298f, 0.207f, 0.208f}, {0.187f, 0.286f, 0.173f}, {-0.158f, 0.189f, 0.264f}, {-0.184f, -0.271f, -0.473f}
    };

    private static final float[][] SDXL = {
        {0.3448f, 0.4168f, 0.4395f},
        {-0.1953f, -0.0290f, 0.0250f},
        {0.1074f, 0.0886f, -0.0163f},
        {-0.3730f, -0.2499f, -0.2088f}
    };

    private LatentPreview() {}

    /** One of SD1 or SD2. {@code latent}: [n, 4, h, w], scaled as the UNet sees it */
    public static Picture ofSd1(FloatTensor latent, int index) {
        return draw(latent, index, SD1);
    }

    /** One of SDXL. {@code latent}: [n, 4, h, w], scaled as the UNet sees it */
    public static Picture ofSdxl(FloatTensor latent, int index) {
        return draw(latent, index, SDXL);
    }

    private static Picture draw(FloatTensor latent, int index, float[][] weights) {
        int height = latent.dim(2);
        int width = latent.dim(3);
        int size = height * width;
        int start = index * 4 * size;
        float[] x = latent.data();
        int[] argb = new int[size];
        for (int i = 0; i < size; i++) {
            int p = 0xFF000000;
            for (int c = 0; c < 3; c++) {
                float sum = 0;
                for (int channel = 0; channel < 4; channel++) {
                    sum += x[start + channel * size + i] * weights[channel][c];
                }
                p |= Pixels.truncated(sum * 0.5f + 0.5f) << (16 - 8 * c);
            }
            argb[i] = p;
        }
        return new Picture(width, height, argb);
    }
}
