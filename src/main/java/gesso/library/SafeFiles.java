package gesso.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/** Files that are there whole or not at all: written beside, made to last, then moved into place. */
final class SafeFiles {
    private SafeFiles() {}

    /** Writes a file, in the place of one that may be there. */
    static void replace(Path target, byte[] content) throws IOException {
        Path beside = writeBeside(target, content);
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * Writes a file that must not be there yet, whoever else writes at the same moment.
     *
     * @throws FileAlreadyExistsException if the name is taken; nothing is changed then
     */
    static void writeNew(Path target, byte[] content) throws IOException {
        Path beside = writeBeside(target, content);
        try {
            try {
                // A link fails where the name is taken, in one step; a move would replace.
                Files.createLink(target, beside);
            } catch (UnsupportedOperationException | AccessDeniedException e) {
                claim(target, beside);
            } catch (FileAlreadyExistsException e) {
                throw e;
            } catch (IOException e) {
                claim(target, beside); // a file system without links (FAT, some network shares)
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void claim(Path target, Path beside) throws IOException {
        Files.createFile(target);
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(target); // the empty file that held the name
            throw e;
        }
    }

    private static Path writeBeside(Path target, byte[] content) throws IOException {
        Path beside = target.toAbsolutePath().resolveSibling(".gesso-" + UUID.randomUUID() + ".tmp");
        Files.createDirectories(beside.resolveSibling(""));
        try (FileChannel out = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
            return beside;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    /** Why a file could not be written, as the middle of a sentence. */
    static String why(Exception e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no space")
                || message.contains("not enough space")
                || message.contains("disk full")
                || message.contains("quota")) {
            return "the disk is full; make room or choose another folder";
        }
        if (e instanceof AccessDeniedException
                || e instanceof ReadOnlyFileSystemException
                || message.contains("read-only")) {
            return "the folder may not be written to; choose another one";
        }
        if (e instanceof FileAlreadyExistsException || message.contains("not a directory")) {
            return "a part of the path is a file, not a folder; choose another folder";
        }
        return "the folder cannot be written to; see whether its disk is there";
    }
}
