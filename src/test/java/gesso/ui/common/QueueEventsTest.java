package gesso.ui.common;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gesso.image.GeneratedPicture;
import gesso.job.Job;
import gesso.job.JobEvent;
import gesso.job.JobQueue;
import gesso.pipeline.GeneratingEngine;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.Size;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class QueueEventsTest {
    private static final GenerationRequest REQUEST =
            GenerationRequest.of("", Path.of("m.safetensors"), new Size(64, 64));

    @Test
    void whileTheScreenIsBusyOnlyTheNewestOfStepsInARowIsKept() throws InterruptedException {
        List<String> seen = new CopyOnWriteArrayList<>();
        QueueEvents events = new QueueEvents(event -> seen.add(name(event)));
        CountDownLatch busy = new CountDownLatch(1);
        Platform.runLater(() -> await(busy));

        Job job = job();
        events.accept(new JobEvent.Queued(job));
        events.accept(new JobEvent.Loading(job, "UNet"));
        for (int step = 1; step <= 20; step++) {
            events.accept(step(job, step));
        }
        events.accept(new JobEvent.Decoding(job, 0));
        events.accept(step(job, 21));
        events.accept(step(job, 22));
        events.accept(new JobEvent.Done(job, 1));
        busy.countDown();
        WaitForAsyncUtils.waitForFxEvents();

        assertEquals(List.of("Queued", "Loading", "Step 20", "Decoding", "Step 22", "Done"), seen);
    }

    @Test
    void onAnIdleScreenEveryStepArrives() {
        List<String> seen = new CopyOnWriteArrayList<>();
        QueueEvents events = new QueueEvents(event -> seen.add(name(event)));
        Job job = job();
        for (int step = 1; step <= 3; step++) {
            events.accept(step(job, step));
            WaitForAsyncUtils.waitForFxEvents();
        }
        assertEquals(List.of("Step 1", "Step 2", "Step 3"), seen);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String name(JobEvent event) {
        return event instanceof JobEvent.Step step
                ? "Step " + step.step()
                : event.getClass().getSimpleName();
    }

    private static JobEvent step(Job job, int step) {
        return new JobEvent.Step(job, 0, 1, step, 22, 1, new Picture(1, 1, new int[1]), 0.1, 1);
    }

    /** Any job; only a queue makes one. */
    private static Job job() {
        try (JobQueue queue = new JobQueue(NoEngine::new, QueueEventsTest::refuse)) {
            return queue.submit(REQUEST);
        }
    }

    private static Path refuse(GeneratedPicture picture) {
        throw new IllegalStateException();
    }

    private static final class NoEngine implements GeneratingEngine {
        @Override
        public void generate(GenerationRequest request, CancelToken token, Listener listener) {}

        @Override
        public void close() {}
    }
}
