package gesso.library;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The pictures in folders, by name; sub-folders are not looked into. */
public final class PictureFolder {
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "webp", "gif", "bmp", "jfif");

    private PictureFolder() {}

    /**
     * The files that are given, and those in the folders that are.
     *
     * @throws BadInput where there is no picture among them, or a folder cannot be read
     */
    public static List<Path> pictures(List<Path> given) {
        List<Path> all = new ArrayList<>();
        for (Path path : given) {
            if (Files.isDirectory(path)) {
                all.addAll(in(path));
            } else {
                all.add(path);
            }
        }
        if (all.isEmpty()) {
            throw new BadInput(
                    "There is no picture in %s.".formatted(given.get(0).getFileName()));
        }
        return all;
    }

    private static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> ENDINGS.contains(ending(file)) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BadInput("The folder %s cannot be read.".formatted(folder), e);
        }
    }

    private static String ending(Path file) {
        String name = file.toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
