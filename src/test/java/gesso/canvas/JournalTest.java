package gesso.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.Picture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there again after any end. */
class JournalTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Journal.Opened open(Path file) throws IOException {
        return Journal.open(file, e -> {
            throw new IllegalStateException(e);
        });
    }

    private static Picture seen(CanvasDocument document) {
        return Compositor.picture(document.layers(), layer -> true, RandomArtist.PAPER);
    }

    /** The document after so many steps of an artist, never written anywhere. */
    private static CanvasDocument expected(long seed, int steps) {
        CanvasDocument document = new CanvasDocument();
        RandomArtist artist = new RandomArtist(document, seed);
        for (int i = 0; i < steps; i++) {
            artist.step();
        }
        return document;
    }

    private static void assertSame(CanvasDocument wanted, CanvasDocument document) {
        assertEquals(seen(wanted), seen(document));
        assertEquals(wanted.span(), document.span());
        assertEquals(
                wanted.layers().stream().map(Layer::look).toList(),
                document.layers().stream().map(Layer::look).toList());
        assertEquals(wanted.history().depth(), document.history().depth());
    }

    @Test
    void aDocumentIsThereAgainWithAllItsUndo() throws IOException {
        Path file = folder.resolve("canvas.log");
        try (Journal journal = draw(file, 7, 80)) {
            assertEquals(80, journal.records());
        }
        Journal.Opened again = open(file);
        CanvasDocument wanted = expected(7, 80);
        assertSame(wanted, again.document());
        while (wanted.undo()) {
            assertTrue(again.document().undo());
            assertEquals(seen(wanted), seen(again.document()));
        }
        again.journal().close();
        Journal.Opened third = open(file);
        assertSame(wanted, third.document());
        third.journal().close();
    }

    private static Journal draw(Path file, long seed, int steps) throws IOException {
        Journal.Opened opened = open(file);
        RandomArtist artist = new RandomArtist(opened.document(), seed);
        for (int i = 0; i < steps; i++) {
            artist.step();
        }
        return opened.journal();
    }

    @Test
    void aTornOrDamagedEndIsLeftOut() throws IOException {
        Path file = folder.resolve("canvas.log");
        draw(file, 9, 30).close();
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int i = 0; i < 25; i++) {
            int cut = i == 0 ? 3 : random.nextInt(whole.length);
            byte[] torn = Arrays.copyOf(whole, cut);
            if (i % 2 == 1) {
                torn = whole.clone();
                torn[Math.max(8, cut)] ^= 0x10;
            }
            Files.write(file, torn);
            Journal.Opened opened = open(file);
            int records = opened.journal().records();
            assertTrue(records < 30);
            assertSame(expected(9, records), opened.document());
            new RandomArtist(opened.document(), 11).step();
            opened.journal().close();
            Journal.Opened again = open(file);
            assertEquals(records + 1, again.journal().records());
            assertEquals(seen(opened.document()), seen(again.document()));
            again.journal().close();
        }
    }

    @Test
    void anArtistWhoIsKilledLosesOneStrokeAtMost() throws IOException, InterruptedException {
        kill(3);
    }

    @Test
    @Tag("long")
    void fiveHundredArtistsWhoAreKilledLoseOneStrokeAtMost() throws IOException, InterruptedException {
        kill(500);
    }

    private void kill(int rounds) throws IOException, InterruptedException {
        Random random = new Random(rounds);
        for (int round = 0; round < rounds; round++) {
            Path file = folder.resolve("canvas" + round + ".log");
            long seed = random.nextLong();
            int after = 1 + random.nextInt(60);
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            RandomArtist.class.getName(),
                            file.toString(),
                            String.valueOf(seed)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            int safe = 0;
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
                while (safe < after) {
                    String line = said.readLine();
                    assertTrue(line != null, "the artist ended by itself");
                    safe = Integer.parseInt(line);
                }
                process.destroyForcibly().waitFor();
            }
            Journal.Opened opened = open(file);
            int records = opened.journal().records();
            assertTrue(records >= safe, records + " of " + safe + " that were safe");
            assertSame(expected(seed, records), opened.document());
            opened.journal().close();
            Files.delete(file);
        }
    }
}
