package gesso.sampling;

import gesso.request.Rng;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.tensor.FloatTensor;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * All the noise of one picture, as A1111's ImageRNG draws it: the first call gives the starting noise (variation and seed resize
 * included), later ones what ancestral steps add. A picture's noise is its own: the batch's size never changes it, except
 * with {@link Rng#COMFY}, which draws for the whole batch at once as ComfyUI does.
 */
public final class ImageNoise {
    /** Pixels per latent value. */
    private static final int SCALE = 8;

    private final SeedSettings seeds;
    private final BatchSlice slice;
    private final int[] shape; // [1, channels, height, width]
    private NormalGenerator generator;
    private boolean started;

    private ImageNoise(SeedSettings seeds, BatchSlice slice, int[] shape) {
        this.seeds = seeds;
        this.slice = slice;
        this.shape = shape;
        generator = generator(seeds.rng()).apply(seeds.seed());
    }

    /**
     * The noise of picture {@code index} of a batch.
     *
     * @param seeds of the whole batch, with every seed drawn
     * @param batch pictures in the batch
     * @param channels of the latent; height and width are the latent's too (pixels / 8)
     */
    public static ImageNoise of(SeedSettings seeds, int index, int batch, int channels, int height, int width) {
        boolean whole = seeds.rng() == Rng.COMFY;
        return new ImageNoise(
                whole ? seeds : seeds.forPicture(index),
                whole ? new BatchSlice(index, batch) : BatchSlice.SINGLE,
                new int[] {1, channels, height, width});
    }

    /** The starting noise at the first call, then noise for one step after another. */
    public FloatTensor next() {
        if (!started) {
            started = true;
            return first();
        }
        return draw(generator, shape);
    }

    /** Passes over as much noise as the picture has values: what diffusers drew from the same generator to read a source. */
    public void skip() {
        draw(generator, shape);
    }

    /**
     * The noise of the SDE samplers: a Brownian path over the noise levels, so that it does not depend on how they are
     * divided into steps.
     */
    public StepNoise brownian(float sigmaMin, float sigmaMax) {
        // ComfyUI's tree is made of CPU noise, the others' of whatever makes their pictures' noise.
        LongFunction<NormalGenerator> source = seeds.rng() == Rng.COMFY ? TorchCpuNormals::new : generator(seeds.rng());
        BrownianTree tree = new BrownianTree(sigmaMin, sigmaMax, seeds.seed(), seed -> draw(source.apply(seed), shape));
        return tree::unitIncrement;
    }

    private FloatTensor first() {
        int[] noiseShape = noiseShape(seeds.resizeFrom());
        boolean resized = noiseShape[2] != shape[2] || noiseShape[3] != shape[3];
        NormalGenerator start = resized ? starting(seeds.seed()) : starting();
        FloatTensor noise = draw(start, noiseShape);
        if (seeds.variationStrength() > 0) {
            FloatTensor variation = draw(starting(seeds.variationSeed()), noiseShape);
            noise = Slerp.between(noise, variation, (float) seeds.variationStrength());
        }
        if (resized) {
            noise = centred(noise, draw(starting(), shape));
        }
        if (seeds.ensd() != 0) {
            generator = generator(seeds.rng()).apply(seeds.seed() + seeds.ensd());
        }
        return noise;
    }

    /** The generator that goes on into the steps. ComfyUI starts on the CPU and goes on with the card's own generator. */
    private NormalGenerator starting() {
        return seeds.rng() == Rng.COMFY ? starting(seeds.seed()) : generator;
    }

    private NormalGenerator starting(long seed) {
        return seeds.rng() == Rng.COMFY
                ? new TorchCpuNormals(seed)
                : generator(seeds.rng()).apply(seed);
    }

    /** Makes the generator of a seed. */
    public static LongFunction<NormalGenerator> generator(Rng rng) {
        return rng == Rng.CPU ? TorchCpuNormals::new : PhiloxNormals::new;
    }

    private int[] noiseShape(@Nullable Size from) {
        return from == null ? shape : new int[] {1, shape[1], from.height() / SCALE, from.width() / SCALE};
    }

    private FloatTensor draw(NormalGenerator source, int[] tensorShape) {
        return slice.of(source, tensorShape);
    }

    /** The noise of another size in the middle of the new size's own; a larger one is cropped. */
    private static FloatTensor centred(FloatTensor noise, FloatTensor canvas) {
        int dx = Math.floorDiv(canvas.dim(3) - noise.dim(3), 2);
        int dy = Math.floorDiv(canvas.dim(2) - noise.dim(2), 2);
        int width = dx >= 0 ? noise.dim(3) : noise.dim(3) + 2 * dx;
        int height = dy >= 0 ? noise.dim(2) : noise.dim(2) + 2 * dy;
        int toX = Math.max(dx, 0);
        int toY = Math.max(dy, 0);
        int fromX = Math.max(-dx, 0);
        int fromY = Math.max(-dy, 0);
        for (int c = 0; c < canvas.dim(1); c++) {
            for (int y = 0; y < height; y++) {
                int from = (c * noise.dim(2) + fromY + y) * noise.dim(3) + fromX;
                int to = (c * canvas.dim(2) + toY + y) * canvas.dim(3) + toX;
                System.arraycopy(noise.data(), from, canvas.data(), to, width);
            }
        }
        return canvas;
    }

    /** Which part of a batch's tensor is this picture's. */
    private record BatchSlice(int index, int batch) {
        static final BatchSlice SINGLE = new BatchSlice(0, 1);

        FloatTensor of(NormalGenerator source, int[] shape) {
            int size = shape[1] * shape[2] * shape[3];
            float[] all = source.normals(size * batch);
            float[] own = batch == 1 ? all : java.util.Arrays.copyOfRange(all, index * size, (index + 1) * size);
            return FloatTensor.of(own, shape);
        }
    }
}
