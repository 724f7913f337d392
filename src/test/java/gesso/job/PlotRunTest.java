package gesso.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import gesso.image.GeneratedPicture;
import gesso.pipeline.GeneratingEngine;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.Size;
import gesso.request.plot.Plot;
import gesso.request.plot.PlotAxis;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PlotRunTest {
    private static final Plot PLOT = new Plot(
            GenerationRequest.of("a fox", Path.of("m.safetensors"), new Size(64, 64)),
            PlotAxis.parse("Steps=10,20,30"),
            PlotAxis.parse("CFG Scale=5,7"),
            null);

    /** Paints a picture whose colour is its steps; 20 steps fail at a CFG scale of 7. */
    private static final class Painter implements GeneratingEngine {
        private final Semaphore allowed = new Semaphore(0);

        @Override
        public void generate(GenerationRequest request, CancelToken token, Listener listener) {
            try (CancelToken.Registration woken = token.onCancel(allowed::release)) {
                allowed.acquireUninterruptibly();
                token.check();
            }
            if (request.sampling().steps() == 20 && request.sampling().cfgScale() == 7) {
                throw new BadInput("This one cannot be.");
            }
            int[] pixels = new int[64 * 64];
            Arrays.fill(pixels, 0xff000000 | colour(request));
            listener.picture(new GeneratedPicture(
                    new Picture(64, 64, pixels),
                    request,
                    0,
                    new GeneratedPicture.ModelIdentity("m", "0", false),
                    Map.of()));
        }

        static int colour(GenerationRequest request) {
            return request.sampling().steps() << 8 | (int) request.sampling().cfgScale();
        }

        @Override
        public void close() {}
    }

    @Test
    void aCellThatFailsLeavesTheOthers() throws Exception {
        Painter painter = new Painter();
        painter.allowed.release(6);
        CountDownLatch over = new CountDownLatch(6);
        try (JobQueue queue = new JobQueue(() -> painter, p -> Path.of("x.png"))) {
            PlotRun run = PlotRun.start(queue, PLOT, Path::of, r -> over.countDown());
            over.await();
            assertEquals(0, run.left());
            assertEquals(List.of("This one cannot be."), run.failures());
            assertEquals(5, run.files().size());
            List<Picture> grids =
                    run.grids().stream().map(GeneratedPicture::picture).toList();
            assertEquals("10, 20, 30", run.grids().get(0).facts().get("X Values"));
            assertEquals(1, grids.size());
            for (int steps : new int[] {10, 20, 30}) {
                assertEquals(64 * 64, count(grids.get(0), steps << 8 | 5));
                assertEquals(steps == 20 ? 0 : 64 * 64, count(grids.get(0), steps << 8 | 7));
            }
        }
    }

    @Test
    void aPlotThatIsCancelledKeepsWhatItHas() throws Exception {
        Painter painter = new Painter();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(6);
        painter.allowed.release(1);
        try (JobQueue queue = new JobQueue(() -> painter, p -> Path.of("x.png"))) {
            PlotRun run = PlotRun.start(queue, PLOT, Path::of, r -> {
                first.countDown();
                over.countDown();
            });
            first.await();
            run.cancel();
            over.await();
            assertEquals(1, run.files().size());
            assertNotEquals(0, count(run.grids().get(0).picture(), 10 << 8 | 5));
        }
    }

    private static long count(Picture picture, int rgb) {
        return Arrays.stream(picture.argb()).filter(p -> (p & 0xffffff) == rgb).count();
    }
}
