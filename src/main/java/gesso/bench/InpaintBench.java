package gesso.bench;

import gesso.image.GeneratedPicture;
import gesso.pipeline.Engine;
import gesso.pipeline.Pipeline;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What only-masked inpainting of a region in a large picture takes, against the same inpainting of that region as a picture of its
 * own; without the files' writing.
 */
final class InpaintBench {
    private static final double LIMIT = 1.1;
    private static final int LEAST_HALF = 8;
    private static final int TIMES = 8;
    private static final double DENOISE = 0.75;

    private final GenerationRequest request;
    private final Consumer<String> notice;
    private long seed;

    /**
     * With the settings that both have.
     *
     * @param request its size is the region's
     * @param notice is told what the user should know, in a sentence
     */
    InpaintBench(GenerationRequest request, Consumer<String> notice) {
        this.request = request;
        this.notice = notice;
    }

    /** The ratio, and what it is made of, in a line. */
    String line(Pipeline pipeline) {
        Size region = request.size();
        Size whole = new Size(region.width() * TIMES, region.height() * TIMES);
        Rework small = rework(region);
        Rework large = rework(whole);
        Rounds rounds = Rounds.of(() -> run(pipeline, small), () -> run(pipeline, large));
        return String.format(
                Locale.ROOT,
                "only masked, %s in %s: %.3f × a picture of %s, limit %.1f (%d steps: %.3f s and %.3f s)",
                region,
                whole,
                rounds.fastest(1) / rounds.fastest(0),
                region,
                LIMIT,
                request.sampling().steps(),
                rounds.fastest(1),
                rounds.fastest(0));
    }

    /** Each with a seed of its own, so that nothing that was found before is found again. */
    private void run(Pipeline pipeline, Rework rework) {
        seed++;
        pipeline.generate(
                request.edit(e -> e.rework(rework).seeds(request.seeds().withSeed(seed))),
                new CancelToken(),
                new Told());
    }

    private Rework rework(Size size) {
        Inpaint inpaint = new Inpaint(
                mask(size),
                Inpaint.DEFAULT_BLUR,
                MaskMode.MASKED,
                MaskedContent.ORIGINAL,
                InpaintArea.ONLY_MASKED,
                Inpaint.DEFAULT_PADDING,
                null);
        return new Rework(source(size), ResizeMode.JUST_RESIZE, DENOISE, true, false, inpaint);
    }

    /** Colours that run into each other. */
    private static Picture source(Size size) {
        int[] argb = new int[size.width() * size.height()];
        for (int i = 0; i < argb.length; i++) {
            int x = i % size.width();
            int y = i / size.width();
            argb[i] = 0xFF000000 | (x & 255) << 16 | (y & 255) << 8 | ((x + y) >> 2 & 255);
        }
        return new Picture(size.width(), size.height(), argb);
    }

    /** White in the middle, so large that with the padding it makes the region. */
    private Picture mask(Size size) {
        int[] argb = new int[size.width() * size.height()];
        int halfWidth = half(request.size().width());
        int halfHeight = half(request.size().height());
        for (int i = 0; i < argb.length; i++) {
            int x = i % size.width() - size.width() / 2;
            int y = i / size.width() - size.height() / 2;
            boolean inside = x >= -halfWidth && x < halfWidth && y >= -halfHeight && y < halfHeight;
            argb[i] = inside ? 0xFFFFFFFF : 0xFF000000;
        }
        return new Picture(size.width(), size.height(), argb);
    }

    private static int half(int side) {
        return Math.max(LEAST_HALF, side / 2 - Inpaint.DEFAULT_PADDING);
    }

    private final class Told implements Engine.Listener {
        @Override
        public void loading(String network) {}

        @Override
        public void step(Engine.Step step) {}

        @Override
        public void progress(String task, int done, int total) {}

        @Override
        public void decoding(int picture) {}

        @Override
        public void picture(GeneratedPicture picture) {}

        @Override
        public void notice(String sentence) {
            notice.accept(sentence);
        }
    }
}
