package gesso.pipeline;

import gesso.image.Region;
import gesso.image.TileBlend;
import gesso.request.NotEnoughMemory;
import gesso.request.Size;
import gesso.runtime.VaeEncoder;
import gesso.tensor.FloatTensor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A VAE over pictures that are too large for it at once: in overlapping tiles that fade into one another, so that memory is
 * bounded by a tile. A tile's normalisation knows that tile alone, so the picture is not to the bit that of the whole.
 */
final class VaeTiles {
    /** In latent pixels, as A1111's and diffusers' tiles: 512 pixels. */
    static final int SIDE = 64;

    private static final int SMALLEST_SIDE = 32;
    /** A quarter, half of it faded over: what a tile's own edges distort is left out. */
    private static final int OVERLAPS = 4;

    private static final int WHOLE = Integer.MAX_VALUE;
    private static final int SCALE = PassRunner.LATENT_SCALE;

    private final Consumer<String> notice;
    private int side;

    /**
     * Nothing is computed yet.
     *
     * @param wanted whether tiles are asked for; else they are taken when the whole does not fit
     * @param notice is told then, in a sentence
     */
    VaeTiles(boolean wanted, Consumer<String> notice) {
        this.side = wanted ? SIDE : WHOLE;
        this.notice = notice;
    }

    /** Whether the VAE works in tiles now. */
    boolean areUsed() {
        return side != WHOLE;
    }

    /** From now on in tiles: the whole is known not to fit. */
    void use() {
        if (!areUsed()) {
            side = SIDE;
            notice.accept("There is not enough memory for the VAE to see the whole picture: it works in tiles.");
        }
    }

    /**
     * The picture of a latent.
     *
     * @param latent [1, c, h, w]
     * @param network decodes a latent of any size
     * @return [1, 3, 8h, 8w]
     */
    FloatTensor decode(FloatTensor latent, UnaryOperator<FloatTensor> network) {
        return smaller(latent.dim(3), latent.dim(2), fit -> {
            if (fit.count() == 1) {
                return network.apply(latent);
            }
            return fit.scaled(SCALE).blend(3, (index, region) -> network.apply(part(latent, region, 1)));
        });
    }

    /**
     * The distribution of a picture's latents.
     *
     * @param image [1, 3, 8h, 8w]
     * @param network encodes a picture of any size
     */
    VaeEncoder.Moments encode(FloatTensor image, Function<FloatTensor, VaeEncoder.Moments> network) {
        return smaller(image.dim(3) / SCALE, image.dim(2) / SCALE, fit -> {
            if (fit.count() == 1) {
                return network.apply(image);
            }
            TileBlend tiles = fit.scaled(1);
            return split(tiles.blend(
                    2 * PassRunner.LATENT_CHANNELS,
                    (index, region) -> joined(network.apply(part(image, region, SCALE)))));
        });
    }

    /** As it is, and where memory does not suffice in tiles, and in smaller ones. */
    private <T> T smaller(int width, int height, Function<Fit, T> attempt) {
        while (true) {
            try {
                return attempt.apply(new Fit(new Size(width, height), side));
            } catch (NotEnoughMemory e) {
                int next = areUsed() ? side / 2 : SIDE;
                if (next < SMALLEST_SIDE || Math.max(width, height) <= next) {
                    throw e;
                }
                if (areUsed()) {
                    side = next;
                } else {
                    use();
                }
            }
        }
    }

    private record Fit(Size latent, int side) {
        int count() {
            return scaled(1).count();
        }

        TileBlend scaled(int scale) {
            return new TileBlend(latent, side, Math.min(side, SIDE) / OVERLAPS, scale);
        }
    }

    /** What lies inside the region, which is given in units of {@code scale} pixels. */
    private static FloatTensor part(FloatTensor whole, Region region, int scale) {
        int width = region.width() * scale;
        int height = region.height() * scale;
        FloatTensor out = FloatTensor.zeros(1, whole.dim(1), height, width);
        for (int c = 0; c < whole.dim(1); c++) {
            for (int y = 0; y < height; y++) {
                int from = (c * whole.dim(2) + region.y() * scale + y) * whole.dim(3) + region.x() * scale;
                System.arraycopy(whole.data(), from, out.data(), (c * height + y) * width, width);
            }
        }
        return out;
    }

    private static FloatTensor joined(VaeEncoder.Moments moments) {
        FloatTensor mean = moments.mean();
        float[] both = new float[2 * mean.size()];
        System.arraycopy(mean.data(), 0, both, 0, mean.size());
        System.arraycopy(moments.logvar().data(), 0, both, mean.size(), mean.size());
        return FloatTensor.of(both, 1, 2 * mean.dim(1), mean.dim(2), mean.dim(3));
    }

    private static VaeEncoder.Moments split(FloatTensor both) {
        int half = both.size() / 2;
        int[] shape = {1, both.dim(1) / 2, both.dim(2), both.dim(3)};
        float[] mean = new float[half];
        float[] logvar = new float[half];
        System.arraycopy(both.data(), 0, mean, 0, half);
        System.arraycopy(both.data(), half, logvar, 0, half);
        return new VaeEncoder.Moments(FloatTensor.of(mean, shape), FloatTensor.of(logvar, shape));
    }
}
