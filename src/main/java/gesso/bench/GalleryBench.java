package gesso.bench;

import gesso.image.PngWriter;
import gesso.image.TextChunk;
import gesso.library.gallery.GalleryLibrary;
import gesso.request.GessoException;
import gesso.request.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a gallery of many pictures costs: tiny PNG files with prompts as long as artists', in folders of a day each. */
final class GalleryBench {
    private static final int EACH_DAY = 500;
    private static final int SCREEN = 100;
    private static final int TIMES = 9;
    private static final int WORDS_A_PROMPT = 30;

    /** Common words and rare ones, a beginning that many words have, fields, both, and what is nowhere. */
    private static final List<String> SEARCHES = List.of(
            "word0000",
            "word1999",
            "word0000 word0008",
            "\"word0000 word0008\"",
            "-word0000",
            "word00",
            "nowhere",
            "rating>3",
            "cfg>10 steps<=20",
            "model:three word0009",
            "seed:77",
            "size:8x8",
            "date:2026");

    private final Path folder;
    private final int pictures;

    GalleryBench(Path folder, int pictures) {
        this.folder = folder;
        this.pictures = pictures;
    }

    /** The figures, a line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Path output = folder.resolve("pictures");
        write(output);
        Path index = folder.resolve("gallery.db");
        try (GalleryLibrary library = library(output, index)) {
            double seconds = seconds(library::scan);
            lines.add("%d pictures: index built in %.1f s, %.0f a second, %.1f MB on disk"
                    .formatted(pictures, seconds, pictures / seconds, size(index) / 1e6));
            lines.add("looked at again, nothing new: %.2f s".formatted(seconds(library::scan)));
        }
        long before = heap();
        List<GalleryLibrary> opened = new ArrayList<>();
        double first = seconds(() -> {
            GalleryLibrary library = library(output, index);
            opened.add(library);
            return library.page("", false, 0, SCREEN).size() + library.count("", false);
        });
        try (GalleryLibrary library = opened.get(0)) {
            lines.add("opened, first %d rows and their number: %.0f ms".formatted(SCREEN, first * 1000));
            lines.add("the last rows: %.1f ms; a list by jobs: %.1f ms"
                    .formatted(
                            median(() -> library.page("", false, Math.max(0, pictures - SCREEN), SCREEN)),
                            median(() -> library.page("", true, 0, SCREEN))));
            for (String search : SEARCHES) {
                lines.add("search %-21s first rows %6.1f ms, their number %6.1f ms: %d"
                        .formatted(
                                search,
                                median(() -> library.page(search, false, 0, SCREEN)),
                                median(() -> library.count(search, false)),
                                library.count(search, false)));
            }
            lines.add("memory of the open gallery: %.1f MB of Java's heap".formatted((heap() - before) / 1e6));
        }
        return lines;
    }

    private static GalleryLibrary library(Path output, Path index) {
        return new GalleryLibrary(List.of(output), index, file -> () -> {});
    }

    private void write(Path output) {
        Random random = new Random(1);
        Picture pixels = new Picture(8, 8, new int[64]);
        try {
            for (int i = 0; i < pictures; i++) {
                Path day = output.resolve("day-%04d".formatted(i / EACH_DAY));
                if (i % EACH_DAY == 0) {
                    Files.createDirectories(day);
                }
                // Low numbers are common words.
                String prompt = random.doubles(WORDS_A_PROMPT)
                        .mapToObj(d -> "word%04d".formatted((int) (2000 * d * d * d)))
                        .collect(Collectors.joining(" "));
                String text = "%s\nNegative prompt: blurry, lowres\nSteps: %d, Sampler: Euler a, Schedule type: Karras,"
                        + " CFG scale: %d, Seed: %d, Size: 8x8, Model hash: 0123456789, Model: model-%s";
                String model = List.of("one", "two", "three", "four").get(random.nextInt(4));
                text = text.formatted(prompt, 10 + random.nextInt(30), 1 + random.nextInt(15), i, model);
                Files.write(
                        day.resolve("%05d.png".formatted(i)),
                        PngWriter.encode(pixels, List.of(new TextChunk("parameters", text))));
            }
        } catch (IOException e) {
            throw new GessoException(
                    "The pictures of the measurement could not be written to %s.".formatted(output), e);
        }
    }

    private static double seconds(Supplier<?> work) {
        long start = System.nanoTime();
        Object unused = work.get();
        return (System.nanoTime() - start) / 1e9;
    }

    /** In milliseconds. */
    private static double median(Supplier<?> work) {
        double[] times = new double[TIMES];
        Arrays.setAll(times, i -> seconds(work) * 1000);
        Arrays.sort(times);
        return times[TIMES / 2];
    }

    private static long heap() {
        System.gc();
        Runtime java = Runtime.getRuntime();
        return java.totalMemory() - java.freeMemory();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
