package gesso.library.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.PngWriter;
import gesso.image.TextChunk;
import gesso.request.BadInput;
import gesso.request.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GallerySearchTest {
    @TempDir
    static Path folder;

    private static GalleryLibrary library;

    @BeforeAll
    static void four() throws IOException {
        picture(
                "a",
                64,
                "2026-10-31T23:59",
                "a red fox in the snow, (winter:1.2)\nNegative prompt: blurry\n"
                        + "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 64x64, Model: dream-shaper");
        picture(
                "b",
                128,
                "2026-11-01T00:00",
                "Éclair, snowman http://x\n"
                        + "Steps: 30, Sampler: DPM++ 2M, CFG scale: 12.5, Seed: 4294967295, Size: 128x128, Model: Toon");
        picture(
                "c",
                64,
                "2026-11-25T12:00",
                "一只红色的狐狸, fox\nSteps: 8, Sampler: LCM, CFG scale: 1, Seed: 7, Size: 64x64, Model: lcm");
        picture("d", 64, "2025-01-01T12:00", "");
        library = new GalleryLibrary(List.of(folder), null, file -> () -> {});
        library.scan();
        library.mark(folder.resolve("a.png"), m -> m.withRating(5).withTags(List.of("Best of", "fox")));
        library.mark(folder.resolve("b.png"), m -> m.withRating(3).withNote("for the icing on a cake"));
    }

    @AfterAll
    static void close() {
        library.close();
    }

    private static void picture(String name, int side, String taken, String parameters) throws IOException {
        Picture pixels = new Picture(side, side, new int[side * side]);
        Path file = folder.resolve(name + ".png");
        Files.write(
                file,
                PngWriter.encode(
                        pixels, parameters.isEmpty() ? List.of() : List.of(new TextChunk("parameters", parameters))));
        Files.setLastModifiedTime(
                file,
                FileTime.from(LocalDateTime.parse(taken)
                        .atZone(ZoneId.systemDefault())
                        .toInstant()));
    }

    private static String found(String search) {
        String names = library.page(search, false, 0, 10).stream()
                .map(p -> p.file().getFileName().toString().replace(".png", ""))
                .collect(Collectors.joining());
        assertEquals(names.length(), library.count(search, false));
        return names;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|cbad",
                "fox|ca",
                "FOX snow|a",
                "sno|ba",
                "now|''",
                "eclair|b",
                "\"red fox\"|a",
                "\"fox red\"|''",
                "-fox|bd",
                "snow -fox|b",
                "-\"red fox\" fox|c",
                "狐狸|c",
                "红色 fox|c",
                "色红|''",
                "model:dream|a",
                "model:TOON|b",
                "model:\"dream-shaper\"|a",
                "seed:42|a",
                "seed:4294967295|b",
                "rating>3|a",
                "rating>=3|ba",
                "rating:0|cd",
                "cfg>10|b",
                "cfg=12.5|b",
                "steps<=20|ca",
                "-steps<=20|bd",
                "size:64x64|cad",
                "size:128×128|b",
                "width>64|b",
                "tag:\"best of\"|a",
                "tag:best|''",
                "-tag:fox fox|c",
                "best|a",
                "icing|b",
                "note:cake|b",
                "negative:blurry|a",
                "blurry|''",
                "sampler:2m|b",
                "date:2026-11|cb",
                "date:2026-10-31|a",
                "date<2026-10|d",
                "date>=2026-11-02|c",
                "date>2026-10|cb",
                "date:2026|cba",
                "评分>3|a",
                "模型：toon|b",
                "\"http://x\"|b",
                "(winter:1.2)|a",
                "%|''",
                ",|cba",
                "program:a1111|cba",
                "file:d.png|d",
            })
    void finds(String search, String names) {
        assertEquals(names, found(search));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"open",
                "colour:red",
                "rating>x",
                "seed:1.5",
                "model>3",
                "model:",
                "size:12",
                "date:yesterday",
                "date:2026-13",
                "date:2026-02-30",
                "tag:\"open"
            })
    void whatCannotBeMeantIsASentence(String search) {
        BadInput e = assertThrows(BadInput.class, () -> library.page(search, false, 0, 1));
        assertTrue(e.sentence().endsWith("."), e.sentence());
    }

    @Test
    void anyTextIsASearchOrASentence() {
        Random random = new Random(8);
        List<String> pieces = List.of(
                "fox", "\"", "-", ":", "rating", ">", "<=", "=", "seed", " ", "*", "(", ")", "NEAR", "AND", "OR", "NOT",
                "'", "%", "\0", "狐", "{", "}", "^", "+", ";", "9", "1e999", "date:", "2026", "\\", "\n", "😀", "\uD800",
                "size:");
        for (int i = 0; i < 5000; i++) {
            String search = random.ints(1 + random.nextInt(12), 0, pieces.size())
                    .mapToObj(pieces::get)
                    .collect(Collectors.joining());
            try {
                int count = library.count(search, random.nextBoolean());
                assertTrue(count >= 0 && count <= 4);
            } catch (BadInput e) {
                assertTrue(e.sentence().endsWith("."), e.sentence());
            }
        }
        assertEquals("cbad", found(""));
    }

    @Test
    void aVeryLongSearchIsRefused() {
        String[] words = new String[101];
        Arrays.fill(words, "fox");
        assertThrows(BadInput.class, () -> library.count(String.join(" ", words), false));
    }
}
