package gesso.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.GeneratedPicture;
import gesso.pipeline.GeneratingEngine;
import gesso.pipeline.KeptSteps;
import gesso.pipeline.QuestionDigest;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.DeviceTrouble;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.Turn;
import gesso.tensor.FloatTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DurableQueueTest {
    @TempDir
    Path folder;

    private static final GenerationRequest REQUEST =
            GenerationRequest.of("a fox", Path.of("model.safetensors"), new Size(64, 64));
    private static final Picture PICTURE = new Picture(1, 1, new int[] {0xff123456});

    private final BlockingQueue<JobEvent> events = new LinkedBlockingQueue<>();
    private final List<String> notices = new ArrayList<>();

    private interface Painting extends GeneratingEngine {}

    /** As after a start: the queue on disk is brought back. */
    private JobQueue open(Painting engine) {
        return open(new JobQueue.Engines(() -> engine, null), p -> Path.of(p.index() + ".png"));
    }

    private JobQueue open(JobQueue.Engines engines, PictureStore store) {
        JobQueue queue = new JobQueue(engines, store, folder.resolve("queue"));
        queue.addListener(events::add);
        queue.restore(notices::add);
        return queue;
    }

    private <E extends JobEvent> E await(Class<E> type) throws InterruptedException {
        return type.cast(await(type::isInstance));
    }

    private JobEvent await(Predicate<JobEvent> wanted) throws InterruptedException {
        while (true) {
            JobEvent event = events.poll(30, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no such event came");
            }
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    private static GeneratedPicture picture(GenerationRequest request, int index) {
        return new GeneratedPicture(
                PICTURE, request, index, new GeneratedPicture.ModelIdentity("model", "0123456789", false), Map.of());
    }

    /** Stays in its first job until the queue closes. */
    private static Painting stuck(CountDownLatch running) {
        return (request, token, listener) -> {
            running.countDown();
            CountDownLatch cancelled = new CountDownLatch(1);
            try (CancelToken.Registration unused = token.onCancel(cancelled::countDown)) {
                cancelled.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            token.check();
        };
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("queue"))) {
            return all.filter(Files::isRegularFile)
                    .map(f -> folder.resolve("queue").relativize(f).toString())
                    .filter(f -> !f.equals("order.json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatWaitsAndWhatRunsComesBackInOrderAndRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Rework rework = new Rework(PICTURE, ResizeMode.JUST_RESIZE, 0.5, false, false, null);
        GenerationRequest second = REQUEST.withPrompt("two").edit(e -> e.rework(rework));
        GenerationRequest third = REQUEST.withPrompt("three").withSeeds(SeedSettings.DEFAULT.withSeed(3));
        try (JobQueue queue = open(stuck(running))) {
            queue.submit(REQUEST.withPrompt("one"));
            running.await();
            queue.submit(second);
            Job last = queue.submit(third);
            queue.move(last, 0);
        }
        List<GenerationRequest> made = new ArrayList<>();
        events.clear();
        try (JobQueue queue = open((request, token, listener) -> made.add(request))) {
            for (int i = 0; i < 3; i++) {
                await(JobEvent.Done.class);
            }
        }
        assertEquals(
                List.of("one", "three", "two"),
                made.stream().map(GenerationRequest::prompt).toList());
        assertEquals(rework, made.get(2).rework());
        assertEquals(third.seeds().seed(), made.get(1).seeds().seed());
        assertEquals(List.of(), notices);
        assertEquals(List.of(), files());
    }

    @Test
    void seedsAreDrawnOnce() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        long seed;
        try (JobQueue queue = open(stuck(running))) {
            seed = queue.submit(REQUEST).request().seeds().seed();
            running.await();
        }
        assertTrue(seed >= 0);
        try (JobQueue queue = open(
                (request, token, listener) -> assertEquals(seed, request.seeds().seed()))) {
            events.clear();
            await(JobEvent.Done.class);
        }
    }

    @Test
    void finishedPicturesAndKeptStepsAreThereAfterACut() throws Exception {
        QuestionDigest first = new QuestionDigest(1, 2, 3, 4);
        QuestionDigest second = new QuestionDigest(5, 6, 7, 8);
        FloatTensor answer = FloatTensor.of(new float[] {1, -0.0f, Float.MIN_VALUE, 4}, 1, 4, 1, 1);
        CountDownLatch running = new CountDownLatch(1);
        try (JobQueue queue = open((request, token, listener) -> {
            listener.kept().keep(first, answer);
            listener.picture(picture(request, 0));
            listener.kept().keep(second, answer);
            stuck(running).generate(request, token, listener);
        })) {
            queue.submit(REQUEST.withBatch(2, 1));
            running.await();
        }
        events.clear();
        try (JobQueue queue = open((request, token, listener) -> {
            KeptSteps kept = listener.kept();
            assertEquals(Set.of(true, false), Set.of(kept.isDone(0), kept.isDone(1)));
            assertTrue(kept.isDone(0));
            assertTrue(kept.answer(first).isEmpty(), "the finished picture's steps are of no use");
            assertEquals(
                    List.of(1f, -0.0f, Float.MIN_VALUE, 4f),
                    kept.answer(second).map(DurableQueueTest::values).orElseThrow());
        })) {
            await(JobEvent.Done.class);
        }
        assertEquals(List.of(), files());
    }

    private static List<Float> values(FloatTensor tensor) {
        List<Float> values = new ArrayList<>();
        for (float value : tensor.data()) {
            values.add(value);
        }
        return values;
    }

    @Test
    void aStepThatWasCutOffOrIsNotWhatWasWrittenEndsTheSteps() throws IOException {
        Path file = folder.resolve("1.steps");
        StepFile steps = new StepFile(file);
        FloatTensor answer = FloatTensor.of(new float[] {1, 2, 3, 4}, 1, 4, 1, 1);
        for (int i = 0; i < 3; i++) {
            steps.append(new QuestionDigest(i, 0, 0, 0), answer);
        }
        assertEquals(3, steps.read().size());
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertEquals(length / (whole.length / 3), steps.read().size());
        }
        whole[whole.length / 3 + 5]++;
        Files.write(file, whole);
        assertEquals(Set.of(new QuestionDigest(0, 0, 0, 0)), steps.read().keySet());
    }

    @Test
    void aFailedJobWaitsForTheUserWhileOthersRunAndAfterARestart() throws Exception {
        Painting engine = (request, token, listener) -> {
            if (request.prompt().equals("bad")) {
                throw new BadInput("This cannot be.");
            }
        };
        try (JobQueue queue = open(engine)) {
            queue.submit(REQUEST.withPrompt("bad"));
            queue.submit(REQUEST.withPrompt("good"));
            await(JobEvent.Failed.class);
            await(JobEvent.Done.class);
        }
        events.clear();
        try (JobQueue queue = open((request, token, listener) -> {})) {
            JobEvent.Failed failed = await(JobEvent.Failed.class);
            assertEquals("This cannot be.", failed.sentence());
            assertEquals("bad", failed.job().request().prompt());
            queue.retry(failed.job());
            await(JobEvent.Done.class);
        }
        assertEquals(List.of(), files());
    }

    @Test
    void aRunningJobIsSteeredWithWhatIsKeptOfIt() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        QuestionDigest question = new QuestionDigest(1, 2, 3, 4);
        List<GenerationRequest> made = new ArrayList<>();
        Painting engine = (request, token, listener) -> {
            if (request.turns().isEmpty()) {
                listener.picture(picture(request, 0));
                listener.kept().keep(question, FloatTensor.zeros(1, 4, 1, 1));
                stuck(running).generate(request, token, listener);
            }
            assertTrue(listener.kept().isDone(0));
            assertTrue(listener.kept().answer(question).isPresent());
            made.add(request);
        };
        try (JobQueue queue = open(engine)) {
            Job job = queue.submit(REQUEST.withBatch(2, 1));
            queue.submit(REQUEST.withPrompt("later").edit(e -> e.turns(List.of(new Turn(1, "x", null, null)))));
            running.await();
            GenerationRequest turned = job.request().edit(e -> e.turns(List.of(new Turn(3, null, null, 2.0))));
            Job next = queue.replace(job, turned);
            assertEquals(job.id(), next.id());
            await(JobEvent.Cancelled.class);
            assertEquals(
                    next,
                    await(e -> e instanceof JobEvent.Done || e instanceof JobEvent.Failed)
                            .job());
            assertEquals(List.of(turned), made.subList(0, 1));
            assertEquals(Job.State.CANCELLED, job.state());
        }
    }

    @Test
    void aFailedJobCanBeForgotten() throws Exception {
        try (JobQueue queue = open((request, token, listener) -> {
            throw new BadInput("No.");
        })) {
            queue.submit(REQUEST);
            queue.forget(await(JobEvent.Failed.class).job());
        }
        assertEquals(List.of(), files());
    }

    @Test
    void whatTheDeviceFailedOnIsTriedOnceMoreCarefully() throws Exception {
        List<String> closed = new ArrayList<>();
        Painting first = new Painting() {
            @Override
            public void generate(GenerationRequest request, CancelToken token, Listener listener) {
                listener.kept().keep(new QuestionDigest(1, 1, 1, 1), FloatTensor.zeros(1, 4, 1, 1));
                throw new DeviceTrouble("There is not enough memory.", null);
            }

            @Override
            public void close() {
                closed.add("usual");
            }
        };
        Painting careful = (request, token, listener) -> {
            assertTrue(listener.kept().answer(new QuestionDigest(1, 1, 1, 1)).isPresent());
            assertTrue(request.vaeTiling());
            listener.picture(picture(request, 0));
        };
        JobQueue.Engines engines = new JobQueue.Engines(() -> first, () -> careful);
        try (JobQueue queue = open(engines, p -> Path.of("x.png"))) {
            queue.submit(REQUEST);
            assertEquals(
                    "There is not enough memory. It is tried once more on the CPU, in parts.",
                    await(JobEvent.Notice.class).sentence());
            assertEquals(List.of("usual"), closed);
            await(JobEvent.Saved.class);
            await(JobEvent.Done.class);
        }
    }

    @Test
    void aJobThatTheProgramEndedOnTwiceWaitsForTheUser() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        try (JobQueue queue = open(stuck(running))) {
            queue.submit(REQUEST);
            running.await();
        }
        Path file = folder.resolve("queue/1.json");
        String text = Files.readString(file);
        assertTrue(text.contains("\"starts\":0"), "an end in good order is none of its faults");
        Files.writeString(file, text.replace("\"starts\":0", "\"starts\":2"));
        events.clear();
        try (JobQueue queue = open((request, token, listener) -> {})) {
            assertTrue(await(JobEvent.Failed.class).sentence().startsWith("Gesso ended 2 times"));
        }
    }

    @Test
    void aBrokenFileIsKeptAsideAndTheOthersRun() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        try (JobQueue queue = open(stuck(running))) {
            queue.submit(REQUEST);
            running.await();
            queue.submit(REQUEST.withPrompt("second"));
        }
        Files.writeString(folder.resolve("queue/1.json"), "{", StandardOpenOption.TRUNCATE_EXISTING);
        events.clear();
        try (JobQueue queue = open((request, token, listener) -> assertEquals("second", request.prompt()))) {
            await(JobEvent.Done.class);
            assertEquals(3, queue.submit(REQUEST.withPrompt("second")).id());
            await(JobEvent.Done.class);
        }
        assertEquals(1, notices.size());
        assertEquals(List.of("1.json.broken"), files());
    }

    /** Bytes changed or cut anywhere in one job's file: it is restored or kept aside with a sentence, and the other one always comes back. */
    @Test
    void whateverIsWrongWithOneFileTheOthersComeBack() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        try (JobQueue queue = open(stuck(running))) {
            queue.submit(REQUEST.withBatch(2, 1));
            running.await();
            queue.submit(REQUEST.withPrompt("second"));
        }
        Path place = folder.resolve("queue");
        byte[] whole = Files.readAllBytes(place.resolve("1.json"));
        byte[] second = Files.readAllBytes(place.resolve("2.json"));
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            byte[] broken = whole.clone();
            broken[random.nextInt(broken.length)] = (byte) "0\"[]{}x,:".charAt(random.nextInt(9));
            int length = random.nextInt(4) == 0 ? random.nextInt(broken.length) : broken.length;
            assertSecondComesBack(java.util.Arrays.copyOf(broken, length), second);
        }
        String text = new String(whole, StandardCharsets.UTF_8);
        for (String wrong : List.of("\"done\":[\"x\"]", "\"done\":[null]", "\"done\":[{}]")) {
            assertSecondComesBack(text.replace("\"done\":[]", wrong).getBytes(StandardCharsets.UTF_8), second);
        }
        assertSecondComesBack(
                text.replaceFirst("\"controls\":\\[]", "\"controls\":[null]").getBytes(StandardCharsets.UTF_8), second);
    }

    private void assertSecondComesBack(byte[] first, byte[] second) throws IOException {
        Path place = folder.resolve("queue");
        Files.write(place.resolve("1.json"), first);
        Files.write(place.resolve("2.json"), second);
        List<String> said = new ArrayList<>();
        QueueFolder.Content content = new QueueFolder(place, Runnable::run).load(said);
        assertTrue(content.jobs().stream().anyMatch(job -> job.id() == 2), "the other job is lost");
        assertEquals(2, content.jobs().size() + said.size(), "a job went without a word");
    }

    @Test
    void aPausedQueueStaysPaused() throws Exception {
        try (JobQueue queue = open((request, token, listener) -> {})) {
            queue.pause();
            queue.submit(REQUEST);
            assertEquals(1, queue.waiting().size());
        }
        try (JobQueue queue = open((request, token, listener) -> {})) {
            events.clear();
            await(JobEvent.Queued.class);
            assertTrue(queue.isPaused());
            assertEquals(1, queue.waiting().size());
            queue.resume();
            await(JobEvent.Done.class);
        }
    }

    @Test
    void aQueueThatCannotBeKeptStillRuns() throws Exception {
        Files.writeString(folder.resolve("queue"), "a file where the folder should be");
        try (JobQueue queue = open((request, token, listener) -> {})) {
            Job job = queue.submit(REQUEST);
            await(JobEvent.Done.class);
            assertEquals(Job.State.DONE, job.state());
        }
        assertFalse(Files.isDirectory(folder.resolve("queue")));
        assertInstanceOf(String.class, Files.readString(folder.resolve("queue")));
    }
}
