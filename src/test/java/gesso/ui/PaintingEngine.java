package gesso.ui;

import gesso.image.GeneratedPicture;
import gesso.pipeline.GeneratingEngine;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Interrogation;
import gesso.request.InterrogationRequest;
import gesso.request.Picture;
import gesso.request.ScoredWord;
import gesso.request.UpscaleRequest;
import gesso.request.WordGroup;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** An engine that paints gradients step by step, at the pace of a {@link Brush}. */
final class PaintingEngine implements GeneratingEngine {
    static final String FAILING_PROMPT = "a failure";

    private final Brush brush;

    /** Called before every step; what it throws ends the job. */
    interface Brush {
        void beforeStep(GenerationRequest request, int step) throws InterruptedException;
    }

    PaintingEngine(Brush brush) {
        this.brush = brush;
    }

    @Override
    public void generate(GenerationRequest request, CancelToken token, Listener listener) {
        if (request.prompt().equals(FAILING_PROMPT)) {
            throw new BadInput("The model's file is broken; download it again.");
        }
        GenerationRequest drawn = request.withSeeds(request.seeds().drawn(new Random(7)));
        listener.loading("UNet");
        for (int index = 0; index < request.pictures(); index++) {
            GenerationRequest one =
                    drawn.withSeeds(drawn.seeds().forPicture(index)).withBatch(1, 1);
            paint(one, index, request.pictures(), token, listener);
        }
    }

    @Override
    public Interrogation interrogate(InterrogationRequest request, CancelToken token, Listener listener) {
        if (request.picture().width() == 1) {
            throw new BadInput("The picture is too small to be read.");
        }
        listener.progress("Reading the word lists", 1, 2);
        return new Interrogation(
                List.of(
                        new ScoredWord(WordGroup.FLAVOUR, "trending", 0.2),
                        new ScoredWord(WordGroup.FLAVOUR, "soft light (warm)", 0.19),
                        new ScoredWord(WordGroup.CAPTION, "a heron in reeds", 0.9),
                        new ScoredWord(WordGroup.ARTIST, "Hokusai", 0.4)),
                List.of("Review the words before you use them."));
    }

    @Override
    public Picture upscale(UpscaleRequest request, CancelToken token, Listener listener) {
        listener.progress("Enlarging", 1, 2);
        return gradient(request.size().width(), request.size().height(), 1, 1);
    }

    private void paint(GenerationRequest request, int index, int pictures, CancelToken token, Listener listener) {
        int steps = request.sampling().steps();
        for (int step = 1; step <= steps; step++) {
            try {
                brush.beforeStep(request, step);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            token.check();
            int done = step;
            listener.step(new Step(
                    index,
                    pictures,
                    step,
                    steps,
                    14.6 * (steps - step) / steps,
                    () -> gradient(
                            request.size().width() / 8,
                            request.size().height() / 8,
                            request.seeds().seed(),
                            (double) done / steps)));
        }
        listener.decoding(index);
        Picture picture = gradient(
                request.size().width(), request.size().height(), request.seeds().seed(), 1);
        listener.picture(new GeneratedPicture(
                picture, request, index, new GeneratedPicture.ModelIdentity("painter", "0123456789", false), Map.of()));
    }

    /** A sky over hills, out of noise. */
    static Picture gradient(int width, int height, long seed, double finished) {
        int[] pixels = new int[width * height];
        Random random = new Random(seed);
        float hue = random.nextFloat();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double hill = 0.6 + 0.15 * Math.sin(6.0 * x / width + hue * 20);
                double at = (double) y / height;
                int noise = (int) ((1 - finished) * random.nextInt(256));
                int red = (int) (255 * (at > hill ? hue * 0.5 : 0.4 + 0.5 * at));
                int green = (int) (255 * (at > hill ? 0.35 + 0.3 * (1 - at) : 0.5 + 0.3 * (1 - hue) * at));
                int blue = (int) (255 * (at > hill ? 0.3 : 0.9 - 0.4 * at));
                pixels[y * width + x] = 0xff000000
                        | (mix(red, noise, finished) << 16)
                        | (mix(green, noise, finished) << 8)
                        | mix(blue, noise, finished);
            }
        }
        return new Picture(width, height, pixels);
    }

    private static int mix(int colour, int noise, double finished) {
        return Math.max(0, Math.min(255, (int) (colour * finished) + noise));
    }

    @Override
    public void close() {}
}
