package gesso.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.GeneratedPicture;
import gesso.pipeline.Engine;
import gesso.pipeline.GeneratingEngine;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.Cancelled;
import gesso.request.GenerationRequest;
import gesso.request.Interrogation;
import gesso.request.InterrogationRequest;
import gesso.request.Interrogator;
import gesso.request.Picture;
import gesso.request.ScoredWord;
import gesso.request.Size;
import gesso.request.WordGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JobQueueTest {
    private static final GenerationRequest REQUEST =
            GenerationRequest.of("a fox", Path.of("model.safetensors"), new Size(64, 64));
    private static final Picture PICTURE = new Picture(1, 1, new int[] {0xff123456});

    private final BlockingQueue<JobEvent> events = new LinkedBlockingQueue<>();

    private static GeneratedPicture picture(GenerationRequest request, int index) {
        return new GeneratedPicture(
                PICTURE, request, index, new GeneratedPicture.ModelIdentity("model", "0123456789", false), Map.of());
    }

    /** An engine whose work is the given lines. */
    private interface Painting extends GeneratingEngine {}

    private JobQueue queue(Painting engine, PictureStore store) {
        JobQueue queue = new JobQueue(() -> engine, store);
        queue.addListener(events::add);
        return queue;
    }

    private JobEvent next() throws InterruptedException {
        JobEvent event = events.poll(20, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event came");
        }
        return event;
    }

    private <E extends JobEvent> E next(Class<E> type) throws InterruptedException {
        return assertInstanceOf(type, next());
    }

    @Test
    void aJobTellsItsWholeStoryInOrder() throws Exception {
        Painting engine = (request, token, listener) -> {
            listener.loading("UNet");
            for (int i = 1; i <= 2; i++) {
                listener.step(new Engine.Step(0, 1, i, 2, 10.0 / i, () -> PICTURE));
            }
            listener.decoding(0);
            listener.notice("The VAE ran in fp32.");
            listener.picture(picture(request, 0));
        };
        try (JobQueue queue = queue(engine, p -> Path.of("0.png"))) {
            Job job = queue.submit(REQUEST);
            assertEquals(job, next(JobEvent.Queued.class).job());
            assertEquals("UNet", next(JobEvent.Loading.class).network());
            JobEvent.Step first = next(JobEvent.Step.class);
            assertEquals(List.of(1, 2), List.of(first.step(), first.steps()));
            assertEquals(PICTURE, first.preview());
            JobEvent.Step second = next(JobEvent.Step.class);
            assertEquals(5.0, second.sigma());
            assertEquals(0, second.secondsLeft());
            next(JobEvent.Decoding.class);
            next(JobEvent.Notice.class);
            next(JobEvent.Saving.class);
            assertEquals(Path.of("0.png"), next(JobEvent.Saved.class).file());
            next(JobEvent.Done.class);
            assertEquals(Job.State.DONE, job.state());
        }
        assertNull(events.poll());
    }

    @Test
    void anInterrogationTellsItsWordsBeforeItsEnd() throws Exception {
        Interrogation words = new Interrogation(List.of(new ScoredWord(WordGroup.TAGS, "fox", 0.5)), List.of());
        Engine engine = new GeneratingEngine() {
            @Override
            public void generate(GenerationRequest request, CancelToken token, Listener listener) {
                throw new AssertionError();
            }

            @Override
            public Interrogation interrogate(InterrogationRequest request, CancelToken token, Listener listener) {
                assertEquals(PICTURE, request.picture());
                listener.progress("Comparing", 1, 3);
                return words;
            }
        };
        try (JobQueue queue = new JobQueue(() -> engine, p -> Path.of("x"))) {
            queue.addListener(events::add);
            Interrogator tagger = new Interrogator.Tagger(Path.of("tagger.onnx"), null, null, false);
            Job job = queue.submit(new InterrogationRequest(PICTURE, tagger));
            assertFalse(job.generates());
            next(JobEvent.Queued.class);
            JobEvent.Progress progress = assertInstanceOf(JobEvent.Progress.class, next());
            assertEquals(new JobEvent.Progress(job, "Comparing", 1, 3, progress.secondsLeft()), progress);
            assertTrue(progress.secondsLeft() >= 0);
            assertEquals(words, next(JobEvent.Interrogated.class).words());
            next(JobEvent.Done.class);
        }
    }

    @Test
    void aRunningJobIsCancelledAndTheNextRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        Painting engine = (request, token, listener) -> {
            if (runs.getAndIncrement() == 0) {
                awaitCancel(token, running);
            }
        };
        try (JobQueue queue = queue(engine, p -> Path.of("x"))) {
            Job first = queue.submit(REQUEST);
            Job second = queue.submit(REQUEST);
            running.await();
            assertEquals(first, queue.running());
            assertEquals(List.of(second), queue.waiting());
            queue.cancel(first);
            next(JobEvent.Queued.class);
            next(JobEvent.Queued.class);
            assertEquals(first, next(JobEvent.Cancelled.class).job());
            assertEquals(second, next(JobEvent.Done.class).job());
            assertEquals(Job.State.CANCELLED, first.state());
            queue.cancel(first);
            assertEquals(Job.State.CANCELLED, first.state());
        }
    }

    @Test
    void aWaitingJobIsTakenOffAndNeverRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        Painting engine = (request, token, listener) -> {
            runs.incrementAndGet();
            awaitCancel(token, running);
        };
        Job second;
        try (JobQueue queue = queue(engine, p -> Path.of("x"))) {
            queue.submit(REQUEST);
            second = queue.submit(REQUEST);
            running.await();
            queue.cancel(second);
            assertEquals(Job.State.CANCELLED, second.state());
        }
        assertEquals(1, runs.get());
    }

    @Test
    void aFailureIsASentenceAndTheQueueGoesOn() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Painting engine = (request, token, listener) -> {
            switch (runs.getAndIncrement()) {
                case 0 -> throw new BadInput("The file x is broken; get it again.");
                case 1 -> throw new IllegalStateException("oops");
                case 2 -> throw new OutOfMemoryError();
                default -> listener.picture(picture(request, 0));
            }
        };
        try (JobQueue queue = queue(engine, p -> Path.of("x"))) {
            for (String said : List.of("The file x is broken; get it again.", "(oops)", "not enough memory")) {
                queue.submit(REQUEST);
                next(JobEvent.Queued.class);
                JobEvent.Failed failed = next(JobEvent.Failed.class);
                assertTrue(failed.sentence().contains(said), failed.sentence());
                assertTrue(failed.details().contains("Exception")
                        || failed.details().contains("BadInput")
                        || failed.details().contains("Error"));
            }
            queue.submit(REQUEST);
            next(JobEvent.Queued.class);
            next(JobEvent.Saving.class);
            next(JobEvent.Saved.class);
            next(JobEvent.Done.class);
        }
    }

    @Test
    void aPictureThatCannotBeSavedFailsItsJobAndKeepsTheOthers() throws Exception {
        Painting engine = (request, token, listener) -> {
            listener.picture(picture(request, 0));
            listener.picture(picture(request, 1));
        };
        PictureStore store = p -> {
            if (p.index() == 0) {
                throw new BadInput("The disk is full.");
            }
            return Path.of("1.png");
        };
        try (JobQueue queue = queue(engine, store)) {
            queue.submit(REQUEST);
            JobEvent last = next();
            boolean saved = false;
            while (!(last instanceof JobEvent.Failed)) {
                saved |= last instanceof JobEvent.Saved s && s.picture().index() == 1;
                last = next();
            }
            assertTrue(saved);
            assertEquals("The disk is full.", ((JobEvent.Failed) last).sentence());
        }
    }

    @Test
    void anEngineThatDoesNotStartIsTriedAgain() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        Painting engine = (request, token, listener) -> {};
        JobQueue queue = new JobQueue(
                () -> {
                    if (broken.getAndSet(false)) {
                        throw new BadInput("No device works.");
                    }
                    return engine;
                },
                p -> Path.of("x"));
        queue.addListener(events::add);
        try (queue) {
            queue.submit(REQUEST);
            next(JobEvent.Queued.class);
            assertEquals("No device works.", next(JobEvent.Failed.class).sentence());
            queue.submit(REQUEST);
            next(JobEvent.Queued.class);
            next(JobEvent.Done.class);
        }
    }

    @Test
    void aListenerThatThrowsHarmsNobody() throws Exception {
        Painting engine = (request, token, listener) -> {};
        try (JobQueue queue = new JobQueue(() -> engine, p -> Path.of("x"))) {
            queue.addListener(event -> {
                throw new IllegalStateException("listener");
            });
            queue.addListener(events::add);
            queue.submit(REQUEST);
            next(JobEvent.Queued.class);
            next(JobEvent.Done.class);
        }
    }

    @Test
    void closingCancelsAllAndClosesTheEngineOnItsThread() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        Engine engine = new GeneratingEngine() {
            @Override
            public void generate(GenerationRequest request, CancelToken token, Listener listener) {
                threads.add(Thread.currentThread().getName());
                awaitCancel(token, running);
            }

            @Override
            public void close() {
                threads.add(Thread.currentThread().getName());
            }
        };
        JobQueue queue = new JobQueue(() -> engine, p -> Path.of("x"));
        Job first = queue.submit(REQUEST);
        Job second = queue.submit(REQUEST);
        running.await();
        queue.close();
        assertEquals(List.of("gesso-inference", "gesso-inference"), List.copyOf(threads));
        assertEquals(Job.State.CANCELLED, first.state());
        assertEquals(Job.State.CANCELLED, second.state());
    }

    private static void awaitCancel(CancelToken token, CountDownLatch running) {
        CountDownLatch stopped = new CountDownLatch(1);
        try (CancelToken.Registration listening = token.onCancel(stopped::countDown)) {
            running.countDown();
            stopped.await();
            token.check();
        } catch (InterruptedException e) {
            throw new Cancelled();
        }
    }
}
