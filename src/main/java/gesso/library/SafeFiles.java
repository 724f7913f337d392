package gesso.library;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import java.util.function.IntFunction;

/** Files that are there whole or not at all: written beside, made to last, then moved into place. */
public final class SafeFiles {
    /** So many names may be taken in a row, by other programs or by a user. */
    private static final int TRIES = 10_000;

    private SafeFiles() {}

    /** What writes a file's content, piece by piece. */
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Writes a file, in the place of one that may be there. */
    public static void replace(Path target, byte[] content) throws IOException {
        replace(target, out -> out.write(content));
    }

    /** The same of a content that is never in memory as a whole. */
    public static void replace(Path target, Content content) throws IOException {
        Path beside = writeBeside(target, content);
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * Writes a file under the first of several names that is free, whoever else writes at the same moment.
     *
     * @param names the names in one folder, by number
     * @param first the number to begin with
     */
    public static Path writeNew(IntFunction<Path> names, int first, byte[] content) throws IOException {
        Path beside = writeBeside(names.apply(first), out -> out.write(content));
        try {
            for (int n = first; n < first + TRIES; n++) {
                Path target = names.apply(n);
                if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS) && place(beside, target)) {
                    return target;
                }
            }
            throw new IOException("no free name after " + names.apply(first));
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Gives a file a name, unless the name is taken. */
    static boolean place(Path beside, Path target) throws IOException {
        try {
            // A link fails where the name is taken, in one step; a move would replace.
            Files.createLink(target, beside);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | IOException e) {
            return claim(beside, target); // a file system without links (FAT, some network shares)
        }
    }

    /** The same in two steps: an empty file takes the name, then the full one its place. */
    static boolean claim(Path beside, Path target) throws IOException {
        try {
            Files.createFile(target);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            Files.deleteIfExists(target); // the empty file that held the name
            throw e;
        }
    }

    private static Path writeBeside(Path target, Content content) throws IOException {
        Path beside = target.toAbsolutePath().resolveSibling(".gesso-" + UUID.randomUUID() + ".tmp");
        Files.createDirectories(beside.resolveSibling(""));
        try (FileChannel file = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16);
            content.write(out);
            out.flush();
            file.force(true);
            return beside;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    /** Why a file could not be written, as the middle of a sentence. */
    public static String why(Exception e) {
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
