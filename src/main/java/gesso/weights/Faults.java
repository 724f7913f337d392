package gesso.weights;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The sentences about files of weights that cannot be used. */
final class Faults {
    private static final int LONGEST_NAME = 80;

    private Faults() {}

    static BadInput broken(Path file, String fault) {
        return new BadInput(name(file) + " is broken: " + fault + "; get the file again.");
    }

    static IncompleteFile incomplete(Path file) {
        return new IncompleteFile(
                name(file) + " is not complete: it is still being copied, or its download was cut off.");
    }

    static BadInput unreadable(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new BadInput("There is no file " + file + ".", cause);
        }
        if (Files.isDirectory(file)) {
            return new BadInput(name(file) + " is a folder, not a file of weights.", cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new BadInput(name(file) + " may not be read: give yourself the right to read it.", cause);
        }
        return new BadInput(name(file) + " cannot be read: " + cause.getMessage() + ".", cause);
    }

    static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    /** A name out of a file, fit to stand in a sentence: whatever it holds, it stays one short line. */
    static String quoted(String name) {
        StringBuilder text = new StringBuilder("“");
        name.codePoints()
                .limit(LONGEST_NAME)
                .map(c -> Character.isISOControl(c) || !Character.isDefined(c) ? '�' : c)
                .forEach(text::appendCodePoint);
        if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            text.append('…');
        }
        return text.append('”').toString();
    }
}
