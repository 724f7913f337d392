package gesso.command;

import gesso.image.TextChunk;
import gesso.library.Json;
import gesso.request.Picture;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands share that make one picture of another: where the new one goes. */
final class PictureOutput {
    @Option(
            names = "--out",
            paramLabel = "FILE.png|FOLDER",
            description = "the new picture's file, or a folder for it (beside FILE)")
    @Nullable
    Path out;

    @Option(names = "--json", description = "print it as a line of JSON")
    boolean json;

    /** Where it goes; found out before anything is made. */
    OutputPlace place(Path file) {
        if (out != null) {
            return new OutputPlace(out);
        }
        Path parent = file.toAbsolutePath().getParent();
        return new OutputPlace(parent == null ? Path.of("") : parent);
    }

    /**
     * Writes the new picture and prints its path.
     *
     * @param file the old one
     * @param ending of its file's name after the old one's, where {@code --out} names none
     */
    void save(Terminal terminal, OutputPlace place, Path file, String ending, Picture made, List<TextChunk> texts) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        Path written = place.save(made, texts, (dot > 0 ? name.substring(0, dot) : name) + ending + ".png");
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("file", written.toString());
            line.put("size", made.size().toString());
            terminal.print(Json.line(line));
        } else {
            terminal.print(written.toString());
        }
    }
}
