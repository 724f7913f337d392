package gesso.command;

import gesso.image.PictureFiles;
import gesso.image.TextChunk;
import gesso.library.Json;
import gesso.request.Picture;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands share that make one picture of another: which, and where the new one goes. */
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
    private OutputPlace place(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return new OutputPlace(out == null && parent != null ? parent : out == null ? Path.of("") : out);
    }

    /**
     * Makes the new picture, writes it and prints its path.
     *
     * @param ending of its file's name after the old one's, where {@code --out} names none
     */
    int write(Terminal terminal, Path file, String ending, Making making) {
        Picture source = PictureFiles.read(file);
        OutputPlace place = place(file);
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        Picture made = making.of(source);
        Path written = place.save(made, making.texts(), (dot > 0 ? name.substring(0, dot) : name) + ending + ".png");
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("file", written.toString());
            line.put("size", made.size().toString());
            terminal.print(Json.line(line));
        } else {
            terminal.print(written.toString());
        }
        return ExitCode.DONE;
    }

    /** How the new picture is made of the old one. */
    @FunctionalInterface
    interface Making {
        Picture of(Picture source);

        /** What the new file says of itself. */
        default List<TextChunk> texts() {
            return List.of();
        }
    }
}
