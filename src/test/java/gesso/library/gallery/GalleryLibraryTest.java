package gesso.library.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.GeneratedPicture;
import gesso.image.PixelHash;
import gesso.image.PngWriter;
import gesso.image.TextChunk;
import gesso.library.Gallery;
import gesso.request.GenerationRequest;
import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryLibraryTest {
    @TempDir
    Path home;

    private Path pictures;
    private GalleryLibrary library;

    @BeforeEach
    void open() throws IOException {
        pictures = Files.createDirectories(home.resolve("pictures"));
        library = library("index.db");
    }

    @AfterEach
    void close() {
        library.close();
    }

    private GalleryLibrary library(String index) {
        return new GalleryLibrary(
                List.of(pictures), home.resolve(index), Trash.ofSystem("Linux", home.resolve("data"), home));
    }

    private Path write(String name, int shade, String prompt, int seed) throws IOException {
        Picture pixels = new Picture(8, 8, filled(shade));
        String text = prompt + "\nSteps: 20, Sampler: Euler, CFG scale: 7, Seed: " + seed + ", Size: 64x64, Model: m";
        Path file = pictures.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, PngWriter.encode(pixels, List.of(new TextChunk("parameters", text))));
    }

    private static int[] filled(int shade) {
        int[] argb = new int[64];
        Arrays.fill(argb, 0xff000000 | shade);
        return argb;
    }

    private List<String> all(GalleryLibrary of) {
        return of.page("", false, 0, 10_000).stream()
                .map(p -> new GalleryPicture(
                                0,
                                p.file(),
                                p.taken(),
                                p.prompt(),
                                p.negative(),
                                p.model(),
                                p.seed(),
                                p.width(),
                                p.height(),
                                p.sampler(),
                                p.steps(),
                                p.cfg(),
                                p.program(),
                                p.settings(),
                                p.job(),
                                p.marks(),
                                1)
                        .toString())
                .sorted()
                .toList();
    }

    @Test
    void aScanReadsWhatIsNewAlone() throws IOException {
        Path a = write("2026-01-01/a.png", 1, "fox", 1);
        write("b.png", 2, "owl", 2);
        Files.writeString(pictures.resolve("notes.png"), "no picture");
        Files.createDirectories(pictures.resolve(".hidden"));
        Files.copy(a, pictures.resolve(".hidden/c.png"));
        assertEquals(2, library.scan());
        assertEquals(0, library.scan());
        Files.delete(a);
        write("b.png", 3, "a longer owl", 2);
        assertEquals(1, library.scan());
        List<GalleryPicture> left = library.page("", false, 0, 10);
        assertEquals(1, left.size());
        assertEquals("a longer owl", left.get(0).prompt());
        assertEquals(20, left.get(0).steps());
        assertEquals(2L, left.get(0).seed());
        assertEquals(8, left.get(0).width());
    }

    @Test
    void aRebuildLosesNothingOfAThousandEdits() throws IOException {
        Random random = new Random(1000);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            files.add(write("day%d/%d.png".formatted(i % 4, i), i, "picture " + i, i));
        }
        library.scan();
        List<Runnable> deleted = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Path file = files.get(random.nextInt(files.size()));
            int what = random.nextInt(12);
            if (!Files.exists(file)) {
                continue;
            }
            if (what == 0) {
                deleted.add(library.delete(file));
            } else if (what == 1 && !deleted.isEmpty()) {
                deleted.remove(deleted.size() - 1).run();
            } else if (what < 5) {
                library.mark(file, m -> m.withRating(random.nextInt(6)));
            } else if (what < 9) {
                library.mark(file, m -> m.withTags(List.of("t" + random.nextInt(5), "Tag " + random.nextInt(3))));
            } else {
                library.mark(file, m -> m.withNote("note " + random.nextInt(9) + " 狐"));
            }
        }
        List<String> before = all(library);
        assertTrue(before.toString().contains("rating=3") && before.size() > 10 && before.size() < 41);
        try (GalleryLibrary other = library("other.db")) {
            other.scan();
            assertEquals(before, all(other));
        }
        library.scan();
        assertEquals(before, all(library));
        library.rebuild();
        assertEquals(before, all(library));
    }

    @Test
    void foldersOfOtherProgramsAreReadAndForgottenAgain() throws IOException {
        write("a.png", 1, "fox", 1);
        Path other = Files.createDirectories(home.resolve("forge/output"));
        String text =
                "a lighthouse\nSteps: 9, Sampler: Euler, CFG scale: 5.5, Seed: 77, Size: 8x8, Version: f2.0.1v1.10.1";
        Files.write(
                other.resolve("00001.png"),
                PngWriter.encode(new Picture(8, 8, filled(5)), List.of(new TextChunk("parameters", text))));
        library.setOthers(List.of(home.resolve("forge"), home.resolve("not there")));
        assertEquals(2, library.scan());
        assertEquals(1, library.count("lighthouse seed:77 steps:9 program:forge", false));
        library.setOthers(List.of());
        library.scan();
        assertEquals(1, library.count("", false));
    }

    @Test
    void marksThatAreEditedByHandOrANewerVersionAreTaken() throws IOException {
        Path a = write("a.png", 1, "fox", 1);
        library.scan();
        Path marks = Files.createDirectories(pictures.resolve(".gesso")).resolve("a.png.json");
        Files.writeString(marks, "{\"rating\": 4, \"colour\": \"red\"}");
        assertEquals(1, library.scan());
        assertEquals(1, library.count("rating:4", false));
        library.mark(a, m -> m.withTags(List.of("x")));
        assertTrue(Files.readString(marks).contains("\"colour\" : \"red\""));
        Files.writeString(marks, "{broken");
        library.scan();
        assertEquals(0, library.count("rating>0", false));
    }

    @Test
    void aBrokenIndexIsMadeAnew() throws IOException {
        write("a.png", 1, "fox", 1);
        library.scan();
        library.close();
        for (String rubbish : List.of("", "no database at all".repeat(1000))) {
            Files.write(home.resolve("index.db"), rubbish.getBytes(StandardCharsets.UTF_8));
            library = library("index.db");
            library.scan();
            assertEquals(1, library.count("fox", false));
            library.close();
        }
        byte[] good = Files.readAllBytes(home.resolve("index.db"));
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            byte[] bad = good.clone();
            for (int n = 0; n < 200; n++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            Files.write(home.resolve("index.db"), bad);
            library = library("index.db");
            library.rebuild();
            assertEquals(1, library.count("fox", false));
            library.close();
        }
        library = library("index.db");
    }

    @Test
    void whereNoFileCanBeWrittenTheIndexLiesInMemory() throws IOException {
        write("a.png", 1, "fox", 1);
        Path file = Files.writeString(home.resolve("file"), "");
        try (GalleryLibrary other = new GalleryLibrary(List.of(pictures), file.resolve("index.db"), f -> () -> {})) {
            other.scan();
            assertEquals(1, other.count("fox", false));
        }
    }

    @Test
    void whatIsDeletedIsInTheTrashAndComesBack() throws IOException {
        Path a = write("two words.png", 1, "fox", 1);
        library.scan();
        library.mark(a, m -> m.withRating(5));
        Runnable undo = library.delete(a);
        assertFalse(Files.exists(a));
        assertEquals(0, library.count("", false));
        Path info = home.resolve("data/Trash/info/two words.png.trashinfo");
        assertTrue(Files.readString(info).contains("two%20words.png\nDeletionDate=2"));
        assertTrue(Files.exists(home.resolve("data/Trash/files/two words.png")));
        undo.run();
        assertTrue(Files.exists(a));
        assertFalse(Files.exists(info));
        assertEquals(1, library.count("rating:5", false));
    }

    @Test
    void aTrashThatCannotBeReachedKeepsThePicture() throws IOException {
        Path a = write("a.png", 1, "fox", 1);
        library.scan();
        Files.writeString(home.resolve("data"), "a file, not a folder");
        assertThrows(GessoException.class, () -> library.delete(a));
        assertTrue(Files.exists(a));
        assertEquals(1, library.count("", false));
    }

    @Test
    void picturesOfOneJobStandTogether() throws IOException {
        write("a.png", 1, "fox", 1);
        write("b.png", 2, "fox", 2);
        write("c.png", 3, "owl", 1);
        library.scan();
        assertEquals(2, library.count("", true));
        List<GalleryPicture> jobs = library.page("", true, 0, 10);
        assertEquals(3, jobs.stream().mapToInt(GalleryPicture::inJob).sum());
        GalleryPicture foxes =
                jobs.stream().filter(p -> p.prompt().equals("fox")).findFirst().orElseThrow();
        assertEquals(2, library.count("job:" + foxes.job(), false));
    }

    @Test
    void aReworkFindsItsSourceAndTheSourceItsReworks() throws IOException {
        Picture pixels = new Picture(64, 64, new int[64 * 64]);
        GenerationRequest plain = GenerationRequest.of("fox", Path.of("m.safetensors"), new Size(64, 64));
        Gallery gallery = new Gallery(pictures);
        Path source = gallery.save(made(pixels, plain));
        int[] other = new int[64 * 64];
        Arrays.fill(other, 0xff112233);
        GenerationRequest again = plain.edit(e -> e.rework(rework(pixels)));
        Path became = gallery.save(made(new Picture(64, 64, other), again));
        // Made elsewhere: its file does not name its pixels.
        Path foreign = write("foreign.png", 9, "elsewhere", 3);
        GenerationRequest third = plain.edit(e -> e.rework(rework(new Picture(8, 8, filled(9)))));
        Path ofForeign = gallery.save(made(new Picture(64, 64, other), third));
        library.scan();
        library.findSources(100);
        assertEquals(source, only(library.lineage(find(became)).from()));
        assertEquals(became, only(library.lineage(find(source)).became()));
        assertEquals(foreign, only(library.lineage(find(ofForeign)).from()));
        assertEquals(ofForeign, only(library.lineage(find(foreign)).became()));
        assertEquals(32, PixelHash.of(pixels).length());
    }

    private static GeneratedPicture made(Picture pixels, GenerationRequest request) {
        return new GeneratedPicture(
                pixels, request, 0, new GeneratedPicture.ModelIdentity("m", "0123456789", false), Map.of());
    }

    private static Rework rework(Picture source) {
        return new Rework(source, ResizeMode.JUST_RESIZE, 0.5, false, false, null);
    }

    private GalleryPicture find(Path file) {
        return library.page("", false, 0, 100).stream()
                .filter(p -> p.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    private static Path only(List<GalleryPicture> pictures) {
        assertEquals(1, pictures.size(), pictures.toString());
        return pictures.get(0).file();
    }
}
