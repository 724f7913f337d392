package gesso.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.GeneratedPicture;
import gesso.image.PictureFiles;
import gesso.library.Gallery;
import gesso.library.SettingsFile;
import gesso.library.preset.Preset;
import gesso.library.preset.Presets;
import gesso.pipeline.GeneratingEngine;
import gesso.pipeline.KeptSteps;
import gesso.pipeline.QuestionDigest;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.tensor.FloatTensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process queues, makes and saves pictures, settings and presets, and is killed at random moments. */
class KillTest {
    private static final int STEPS = 6;

    /** Seeds of one job's pictures follow one another. */
    private static final int APART = 10;

    @TempDir
    Path folder;

    @Test
    void nothingIsLostInTwentyKills() throws Exception {
        killAndLook(20, 1);
    }

    @Tag("long")
    @Test
    void nothingIsLostInAThousandKills() throws Exception {
        killAndLook(1000, 2);
    }

    private void killAndLook(int kills, long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < kills; i++) {
            Process worker = start("work");
            try (BufferedReader said = worker.inputReader()) {
                // Some deeds, then at any moment of the next.
                for (int deeds = random.nextInt(25); deeds >= 0; deeds--) {
                    assertNotNull(said.readLine(), "the worker ended by itself");
                }
                boolean unused = worker.waitFor(random.nextInt(20_000), TimeUnit.MICROSECONDS);
            }
            assertTrue(worker.isAlive(), "the worker ended by itself");
            worker.destroyForcibly().waitFor();
            lookAtSettingsAndPresets();
        }
        Process last = start("drain");
        assertEquals(0, last.waitFor());
        lookAtPictures();
    }

    private Process start(String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        folder.toString(),
                        what)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors.log").toFile()))
                .start();
    }

    private void lookAtSettingsAndPresets() {
        try (SettingsFile settings = SettingsFile.open(folder)) {
            assertEquals(List.of(), settings.notices());
        }
        assertEquals(
                List.of(),
                new Presets(Optional.empty(), folder.resolve("presets")).list().notices());
    }

    /** Every job that was acknowledged has each of its pictures, once and right; every picture there is is whole. */
    private void lookAtPictures() throws IOException {
        Map<Long, Path> found = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("pictures"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".png")).toList()) {
                String name = file.getFileName().toString();
                long seed = Long.parseLong(name.substring(name.indexOf('-') + 1, name.indexOf('.')));
                assertEquals(Worker.painted(seed, KeptSteps.NONE), PictureFiles.read(file));
                assertEquals(null, found.put(seed, file), "twice: " + seed);
            }
        }
        Set<Long> missing = new HashSet<>();
        List<String> acknowledged = Files.readAllLines(folder.resolve("acknowledged"));
        for (String line : acknowledged) {
            long first = Long.parseLong(line);
            for (int i = 0; i < Worker.pictures(first); i++) {
                if (!found.containsKey(first + i)) {
                    missing.add(first + i);
                }
            }
        }
        assertEquals(Set.of(), missing);
        assertTrue(acknowledged.size() >= 10, "only " + acknowledged.size() + " jobs were queued");
        assertEquals(List.of(), leftOver());
        assertEquals("", notices(), "the queue had something to say");
    }

    private String notices() throws IOException {
        Path file = folder.resolve("notices");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private List<Path> leftOver() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("queue"))) {
            return files.filter(f -> Files.isRegularFile(f) && !f.endsWith("order.json"))
                    .toList();
        }
    }

    /** What is killed. */
    static final class Worker implements GeneratingEngine {
        private static final Picture SOURCE = new Picture(1, 1, new int[] {0xFF445566});

        private Worker() {}

        static int pictures(long seed) {
            return 1 + (int) (seed / APART % 3);
        }

        /**
         * Works, or ends what is left.
         *
         * @param arguments the folder; "work" until it is killed, or "drain": until nothing is left to do
         */
        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            boolean drains = arguments[1].equals("drain");
            Gallery gallery = new Gallery(folder.resolve("pictures"));
            PictureStore store = new PictureStore() {
                @Override
                public Path save(GeneratedPicture picture) {
                    return gallery.save(picture);
                }

                @Override
                public Path saveUnlessThere(GeneratedPicture picture) {
                    return gallery.saveUnlessThere(picture);
                }
            };
            CountDownLatch restored = new CountDownLatch(1);
            try (JobQueue queue =
                    new JobQueue(new JobQueue.Engines(Worker::new, null), store, folder.resolve("queue"))) {
                queue.addListener(event -> note(folder, queue, event));
                queue.restore(sentence -> append(folder.resolve("notices"), sentence));
                queue.whenKept(restored::countDown);
                restored.await();
                done("restored");
                if (drains) {
                    drain(queue);
                } else {
                    work(folder, queue);
                }
            }
        }

        /** Jobs that are given up for being cut off too often are tried again, as the user would. */
        private static void note(Path folder, JobQueue queue, JobEvent event) {
            if (event instanceof JobEvent.Saved) {
                done("picture");
            }
            if (event instanceof JobEvent.Failed failed) {
                if (failed.sentence().startsWith("Gesso ended")) {
                    queue.retry(failed.job());
                } else {
                    append(folder.resolve("notices"), failed.sentence());
                }
            }
        }

        private static void drain(JobQueue queue) throws InterruptedException {
            while (!queue.waiting().isEmpty() || queue.running() != null) {
                CountDownLatch kept = new CountDownLatch(1);
                queue.whenKept(kept::countDown);
                kept.await();
            }
        }

        private static void work(Path folder, JobQueue queue) throws InterruptedException {
            Random random = new Random();
            SettingsFile settings = SettingsFile.open(folder);
            Presets presets = new Presets(Optional.empty(), folder.resolve("presets"));
            while (true) {
                if (queue.waiting().size() < 5) {
                    submit(folder, queue, random);
                }
                List<Job> waiting = queue.waiting();
                if (!waiting.isEmpty()) {
                    queue.move(waiting.get(random.nextInt(waiting.size())), random.nextInt(3));
                }
                settings.update(s ->
                        s.withTheme(random.nextBoolean() ? "dark" : "light").withState("seed", random.nextInt()));
                settings.save();
                done("settings");
                List<Presets.Stored> known = presets.list().presets();
                Preset preset = Preset.of("mine", Map.of("steps", 1 + random.nextInt(150)));
                if (known.isEmpty()) {
                    presets.add(preset);
                } else {
                    presets.replace(known.get(0), preset);
                }
                done("preset");
            }
        }

        /** The queue has it when it says that all is kept; then it is acknowledged. */
        private static void submit(Path folder, JobQueue queue, Random random) throws InterruptedException {
            long seed = random.nextInt(1 << 30) * (long) APART;
            GenerationRequest request = GenerationRequest.of("x", Path.of("m"), new Size(64, 64))
                    .withSeeds(SeedSettings.DEFAULT.withSeed(seed).withVariation(0, 0))
                    .withBatch(pictures(seed), 1)
                    .edit(e -> e.rework(new Rework(SOURCE, ResizeMode.JUST_RESIZE, 0.5, false, false, null)));
            queue.submit(request);
            CountDownLatch kept = new CountDownLatch(1);
            queue.whenKept(kept::countDown);
            kept.await();
            append(folder.resolve("acknowledged"), Long.toString(seed));
            done("queued");
        }

        private static void done(String deed) {
            System.out.println(deed);
        }

        private static synchronized void append(Path file, String line) {
            try {
                Files.write(
                        file,
                        (line + "\n").getBytes(StandardCharsets.UTF_8),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void generate(GenerationRequest request, CancelToken token, Listener listener) {
            if (request.rework() == null || !request.rework().source().equals(SOURCE)) {
                throw new AssertionError("the source is lost");
            }
            for (int i = 0; i < request.pictures(); i++) {
                if (listener.kept().isDone(i)) {
                    continue;
                }
                long seed = request.seeds().seed() + i;
                listener.picture(new GeneratedPicture(
                        painted(seed, listener.kept()),
                        request.withSeeds(request.seeds().withSeed(seed)),
                        i,
                        new GeneratedPicture.ModelIdentity("m", "0123456789", false),
                        Map.of()));
            }
        }

        /** Each step depends on all before it, as a sampler's do. */
        static Picture painted(long seed, KeptSteps kept) {
            long state = seed;
            for (int step = 0; step < STEPS; step++) {
                QuestionDigest question = new QuestionDigest(state, step, 0, 0);
                long from = state;
                FloatTensor answer = kept.answer(question).orElseGet(() -> {
                    FloatTensor made = FloatTensor.of(
                            new float[] {from & 0xFFFF, (from >>> 16) & 0xFFFF, (from >>> 32) & 0xFFFF, 7}, 1, 4, 1, 1);
                    kept.keep(question, made);
                    return made;
                });
                for (float value : answer.data()) {
                    state = state * 6364136223846793005L + (long) value + 1442695040888963407L;
                }
            }
            int[] pixels = new int[64];
            for (int i = 0; i < pixels.length; i++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                pixels[i] = (int) (state >>> 32) | 0xFF000000;
            }
            return new Picture(8, 8, pixels);
        }
    }
}
