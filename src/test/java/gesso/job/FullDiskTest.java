package gesso.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gesso.image.GeneratedPicture;
import gesso.image.PictureFiles;
import gesso.library.Gallery;
import gesso.library.SettingsFile;
import gesso.library.preset.Preset;
import gesso.library.preset.Presets;
import gesso.pipeline.GeneratingEngine;
import gesso.request.GenerationRequest;
import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.request.SeedSettings;
import gesso.request.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file system of 256 KB that fills up, and one that may not be written to. Needs a system where this user can mount one. */
@Timeout(60)
class FullDiskTest {
    @TempDir
    Path folder;

    private Path disk = Path.of("");
    private final BlockingQueue<JobEvent> events = new LinkedBlockingQueue<>();

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()), "no file system of its own");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void fill() throws IOException {
        try {
            Files.write(disk.resolve("filler"), new byte[1 << 20]);
        } catch (IOException e) {
            return; // full now
        }
        throw new AssertionError("the disk is larger than it should be");
    }

    private static Picture noise() {
        int[] pixels = new int[64 * 64];
        Random random = new Random(1);
        Arrays.setAll(pixels, i -> random.nextInt() | 0xFF000000);
        return new Picture(64, 64, pixels);
    }

    private JobQueue queue(Gallery gallery) {
        GeneratingEngine engine = (request, token, listener) -> listener.picture(new GeneratedPicture(
                noise(), request, 0, new GeneratedPicture.ModelIdentity("m", "0123456789", false), Map.of()));
        JobQueue queue = new JobQueue(new JobQueue.Engines(() -> engine, null), gallery::save, disk.resolve("queue"));
        queue.addListener(events::add);
        queue.restore(sentence -> {
            throw new AssertionError(sentence);
        });
        return queue;
    }

    private <E extends JobEvent> E await(Class<E> type) throws InterruptedException {
        while (true) {
            JobEvent event = events.poll(30, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no " + type.getSimpleName());
            }
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    private static GenerationRequest request(long seed) {
        return GenerationRequest.of("x", Path.of("m"), new Size(64, 64)).withSeeds(SeedSettings.DEFAULT.withSeed(seed));
    }

    private List<Path> pictures() throws IOException {
        try (Stream<Path> files = Files.walk(disk)) {
            return files.filter(f -> f.toString().endsWith(".png")).toList();
        }
    }

    @Test
    void aFullDiskFailsTheJobWithASentenceAndItGoesOnWhenThereIsRoom() throws Exception {
        Gallery gallery = new Gallery(disk.resolve("pictures"));
        try (JobQueue queue = queue(gallery)) {
            queue.submit(request(1));
            await(JobEvent.Done.class);
            Job second = queue.submit(request(2));
            queue.whenKept(() -> {});
            await(JobEvent.Done.class);
            fill();
            Job third = queue.submit(request(3));
            JobEvent.Failed failed = await(JobEvent.Failed.class);
            assertEquals(third, failed.job());
            assertTrue(failed.sentence().contains("the disk is full"), failed.sentence());
            assertEquals(Job.State.DONE, second.state());
            Files.delete(disk.resolve("filler"));
            queue.retry(third);
            await(JobEvent.Done.class);
        }
        assertEquals(3, pictures().size());
        for (Path file : pictures()) {
            assertEquals(noise(), PictureFiles.read(file));
        }
    }

    @Test
    void settingsAndPresetsStayAsTheyWereOnAFullDisk() throws IOException {
        try (SettingsFile settings = SettingsFile.open(disk)) {
            settings.update(s -> s.withTheme("dark"));
        }
        Presets presets = new Presets(Optional.empty(), disk.resolve("presets"));
        Presets.Stored stored = presets.add(Preset.of("mine", Map.of("steps", 9)));
        fill();
        SettingsFile settings = SettingsFile.open(disk);
        settings.update(s -> s.withTheme("light"));
        assertTrue(assertThrows(GessoException.class, settings::save).sentence().contains("the disk is full"));
        Preset large = Preset.of("mine", Map.of("prompt", "x".repeat(100_000)));
        assertTrue(assertThrows(GessoException.class, () -> presets.replace(stored, large))
                .sentence()
                .contains("the disk is full"));
        assertEquals("dark", SettingsFile.open(disk).settings().theme());
        assertEquals(Map.of("steps", 9), presets.find("mine").preset().settings());
        assertEquals(List.of(), presets.list().notices());
    }

    @Test
    void whatMayNotBeWrittenToIsASentence() throws Exception {
        Gallery gallery = new Gallery(disk.resolve("pictures"));
        Presets presets = new Presets(Optional.empty(), disk.resolve("presets"));
        Presets.Stored stored = presets.add(Preset.of("mine", Map.of("steps", 9)));
        assertTrue(run("mount", "-o", "remount,ro", disk.toString()));
        try (JobQueue queue = queue(gallery)) {
            queue.submit(request(1));
            String sentence = await(JobEvent.Failed.class).sentence();
            assertTrue(sentence.contains("may not be written to"), sentence);
        }
        String sentence =
                assertThrows(GessoException.class, () -> presets.delete(stored)).sentence();
        assertTrue(sentence.contains("may not be written to"), sentence);
        assertEquals(Map.of("steps", 9), presets.find("mine").preset().settings());
    }
}
