package gesso.library;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.GeneratedPicture;
import gesso.image.PictureFiles;
import gesso.request.BadInput;
import gesso.request.GenerationRequest;
import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.request.SeedSettings;
import gesso.request.Size;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {
    @TempDir
    Path folder;

    static GeneratedPicture picture(long seed) {
        GenerationRequest request = GenerationRequest.of("a fox, 狐狸", Path.of("m.safetensors"), new Size(64, 64))
                .withSeeds(SeedSettings.DEFAULT.withSeed(seed));
        int[] pixels = IntStream.range(0, 64 * 64).map(i -> 0xFF000000 | i * 77).toArray();
        return new GeneratedPicture(
                new Picture(64, 64, pixels),
                request,
                0,
                new GeneratedPicture.ModelIdentity("m", "0123456789", false),
                Map.of());
    }

    private Gallery gallery(String day) {
        return new Gallery(folder, () -> LocalDate.parse(day));
    }

    @Test
    void numbersADaysPictures() throws IOException {
        Gallery gallery = gallery("2026-01-31");
        assertEquals(folder.resolve("2026-01-31/00001-7.png"), gallery.save(picture(7)));
        assertEquals(folder.resolve("2026-01-31/00002-7.png"), gallery.save(picture(7)));
        Files.createFile(folder.resolve("2026-01-31/00041-x.png"));
        assertEquals(folder.resolve("2026-01-31/00042-5.png"), gallery.save(picture(5)));
        assertEquals(
                folder.resolve("2026-02-01/00001-5.png"), gallery("2026-02-01").save(picture(5)));
        assertEquals(picture(7).picture(), PictureFiles.read(folder.resolve("2026-01-31/00001-7.png")));
    }

    @Test
    void manyWritersAtOnceLoseNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Path>> saves = IntStream.range(0, 60)
                    // A gallery each, as other processes have.
                    .mapToObj(i -> threads.submit(() -> gallery("2026-01-31").save(picture(1))))
                    .toList();
            Set<Path> paths = new HashSet<>();
            for (Future<Path> save : saves) {
                paths.add(save.get());
            }
            assertEquals(60, paths.size());
            for (Path path : paths) {
                assertEquals(picture(1).picture(), PictureFiles.read(path));
            }
            assertEquals(paths, list(folder.resolve("2026-01-31")));
        } finally {
            threads.shutdownNow();
        }
    }

    /** A real second program that saves into the same folder at the same time. */
    @Test
    void anotherProcessAtOnceLosesNothing() throws Exception {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        Other.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Gallery gallery = gallery("2026-01-31");
        int saved = 0;
        for (; saved < 30 || (other.isAlive() && saved < 3000); saved++) {
            gallery.save(picture(1));
        }
        assertEquals(0, other.waitFor(), Files.readString(folder.resolve("log")));
        Set<Path> paths = list(folder.resolve("2026-01-31"));
        assertEquals(saved + Other.PICTURES, paths.size());
        for (Path path : paths) {
            assertEquals(picture(1).picture(), PictureFiles.read(path));
        }
    }

    /** The second program. */
    static final class Other {
        static final int PICTURES = 30;

        private Other() {}

        public static void main(String[] arguments) {
            Gallery gallery = new Gallery(Path.of(arguments[0]), () -> LocalDate.parse("2026-01-31"));
            for (int i = 0; i < PICTURES; i++) {
                gallery.save(picture(1));
            }
        }
    }

    private static Set<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new HashSet<>(files.toList());
        }
    }

    @Test
    void savesWhereToldAndNeverOver() throws IOException {
        Path target = folder.resolve("sub/apple.png");
        assertEquals(target, Gallery.saveTo(picture(1), target));
        byte[] first = Files.readAllBytes(target);
        assertEquals(folder.resolve("sub/apple-2.png"), Gallery.saveTo(picture(2), target));
        assertArrayEquals(first, Files.readAllBytes(target));
        assertEquals(folder.resolve("new/00001-3.png"), Gallery.saveTo(picture(3), folder.resolve("new")));
        assertEquals(folder.resolve("sub/00001-3.png"), Gallery.saveTo(picture(3), folder.resolve("sub")));
        BadInput e = assertThrows(BadInput.class, () -> Gallery.saveTo(picture(1), folder.resolve("a.bmp")));
        assertTrue(e.sentence().contains("a.bmp"), e.sentence());
    }

    @Test
    void saysWhyItCannotSave() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("file"), "x");
        GessoException e = assertThrows(GessoException.class, () -> new Gallery(notAFolder).save(picture(1)));
        assertTrue(e.sentence().contains("could not be saved"), e.sentence());
        assertTrue(e.sentence().contains("is a file, not a folder"), e.sentence());
        assertEquals(Set.of(notAFolder), list(folder));
    }

    /** By a link, and as it is done on file systems that know none. */
    @Test
    void aTakenNameIsNeverTakenAgain() throws IOException {
        Path beside = Files.writeString(folder.resolve("beside"), "new");
        Path taken = Files.writeString(folder.resolve("taken"), "old");
        assertFalse(SafeFiles.place(beside, taken));
        assertFalse(SafeFiles.claim(beside, taken));
        assertEquals("old", Files.readString(taken));
        assertTrue(SafeFiles.claim(beside, folder.resolve("free")));
        assertEquals("new", Files.readString(folder.resolve("free")));
        assertFalse(Files.exists(beside));
    }

    @Test
    void aFullDiskIsSaidInWords() {
        String why = SafeFiles.why(new FileSystemException("x", null, "No space left on device"));
        assertEquals("the disk is full; make room or choose another folder", why);
    }
}
