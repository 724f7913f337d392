package gesso.prompt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Wildcards in text files: {@code wildcards/colours/warm.txt} is {@code __colours/warm__}, a line each; empty lines and those that begin with
 * # are passed over. The folder is read when the first wildcard is asked for; a file that cannot be read has no lines.
 */
public final class WildcardFolder implements Wildcards {
    private static final String ENDING = ".txt";
    private static final int DEEPEST = 16;

    private final Path folder;
    private final Map<String, List<String>> lines = new HashMap<>();
    private final Map<String, Path> files = new TreeMap<>();
    private boolean listed;

    public WildcardFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized List<String> lines(String name) {
        return lines.computeIfAbsent(name.toLowerCase(Locale.ROOT), this::find);
    }

    private List<String> find(String name) {
        if (!listed) {
            list();
            listed = true;
        }
        StringBuilder pattern = new StringBuilder();
        for (String part : name.split("\\*", -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        Pattern wanted = Pattern.compile(pattern.toString());
        List<String> found = new ArrayList<>();
        files.forEach((key, file) -> {
            if (wanted.matcher(key).matches()) {
                found.addAll(read(file));
            }
        });
        return List.copyOf(found);
    }

    private void list() {
        try (Stream<Path> walk = Files.walk(folder, DEEPEST)) {
            walk.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(ENDING))
                    .forEach(file -> {
                        String path = folder.relativize(file)
                                .toString()
                                .replace('\\', '/')
                                .toLowerCase(Locale.ROOT);
                        files.put(path.substring(0, path.length() - ENDING.length()), file);
                    });
        } catch (IOException | java.io.UncheckedIOException noFolder) {
            files.clear();
        }
    }

    private static List<String> read(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.lines()
                    .map(line -> PythonText.strip(line.startsWith("\ufeff") ? line.substring(1) : line))
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
