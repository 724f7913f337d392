package gesso.library;

import gesso.request.BadInput;
import gesso.request.WordGroup;
import gesso.request.WordList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists of words to compare pictures with, by A1111's custom: a folder of {@code artists.txt}, {@code mediums.txt} … with a word a line;
 * {@code flavors.top3.txt} asks for the three best.
 */
public final class WordLists {
    private static final Pattern TOP = Pattern.compile("\\.top(\\d{1,3})$");
    private static final long LARGEST_FILE = 1L << 26;

    private WordLists() {}

    /**
     * The lists of these folders, in the order in which a prompt says them; a list replaces one of the same name in a folder after
     * its own. A folder that does not exist has none.
     *
     * @throws BadInput where a list cannot be read
     */
    public static List<WordList> of(List<Path> folders) {
        Map<String, WordList> byName = new TreeMap<>();
        for (Path folder : folders) {
            for (Path file : files(folder)) {
                WordList list = read(file);
                if (!list.words().isEmpty()) {
                    byName.putIfAbsent(list.name(), list);
                }
            }
        }
        return byName.values().stream()
                .sorted(Comparator.comparing(WordList::group))
                .toList();
    }

    /** One file's list. @throws BadInput where it cannot be read */
    public static WordList read(Path file) {
        String stem = ModelScan.stem(String.valueOf(file.getFileName()));
        Matcher top = TOP.matcher(stem);
        int wanted = top.find() ? Math.max(1, Integer.parseInt(top.group(1))) : 1;
        String name = top.replaceFirst("");
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new BadInput("The word list %s is larger than 64 MB; choose a shorter one.".formatted(file));
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            List<String> words = text.replace("\uFEFF", "")
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .distinct()
                    .toList();
            return new WordList(name, group(name), wanted, words);
        } catch (IOException e) {
            throw new BadInput("The word list %s cannot be read.".formatted(file), e);
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return new ArrayList<>(inside.filter(Files::isRegularFile)
                    .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".txt"))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw new BadInput("The folder of word lists %s cannot be read.".formatted(folder), e);
        }
    }

    private static WordGroup group(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("artist")) {
            return WordGroup.ARTIST;
        }
        if (lower.startsWith("medium")) {
            return WordGroup.MEDIUM;
        }
        return lower.startsWith("movement") ? WordGroup.MOVEMENT : WordGroup.FLAVOUR;
    }
}
