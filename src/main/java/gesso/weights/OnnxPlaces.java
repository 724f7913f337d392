package gesso.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a foreign network may say that its weights lie: in files in its own folder or below it, and, where that is a snapshot in
 * Hugging Face's cache, in the cache's {@code blobs} that its links lead to.
 */
final class OnnxPlaces {
    private static final int LONGEST = 255;

    private final FileBytes own;
    private final Path folder;
    private final Path real;
    private final @Nullable Path blobs;
    private final Map<String, FileBytes> files = new HashMap<>();

    /** @param path the network's file as it was asked for, before links were resolved */
    OnnxPlaces(Path path, FileBytes own) {
        this.own = own;
        this.folder = path.toAbsolutePath().resolveSibling("");
        try {
            this.real = folder.toRealPath();
            this.blobs = blobs(real);
        } catch (IOException e) {
            throw Faults.unreadable(path, e);
        }
    }

    private static @Nullable Path blobs(Path folder) throws IOException {
        for (Path at = folder; at != null; at = at.getParent()) {
            Path parent = at.getParent();
            if (Faults.name(at).equals("snapshots")
                    && parent != null
                    && Faults.name(parent).startsWith("models--")
                    && Files.isDirectory(parent.resolve("blobs"))) {
                return parent.resolve("blobs").toRealPath();
            }
        }
        return null;
    }

    /** The network's own file. */
    Path own() {
        return own.path();
    }

    /** A tensor that lies in another file. */
    OnnxTensor external(String name, int type, long[] shape, Map<String, String> entries, long expected, String quoted)
            throws Malformed {
        FileBytes file = file(entries.getOrDefault("location", ""), quoted);
        long offset = number(entries.getOrDefault("offset", "0"), quoted);
        String said = entries.get("length");
        long length = said == null ? expected : number(said, quoted);
        if (length != expected) {
            throw new Malformed(quoted + " is not as long as its shape says");
        }
        if (offset > file.size() || length > file.size() - offset) {
            throw new Malformed(quoted + " reaches beyond the file that it lies in, " + Faults.name(file.path()));
        }
        return new OnnxTensor(name, type, shape, null, file.path(), offset, length);
    }

    private static long number(String digits, String quoted) throws Malformed {
        if (!digits.matches("[0-9]{1,18}")) {
            throw new Malformed(quoted + " lies in an impossible place");
        }
        return Long.parseLong(digits);
    }

    private FileBytes file(String location, String quoted) throws Malformed {
        FileBytes known = files.get(location);
        if (known != null) {
            return known;
        }
        String outside = quoted + " is said to lie outside its folder, in " + Faults.quoted(location);
        boolean plain = !location.isEmpty()
                && location.length() <= LONGEST
                && location.codePoints().noneMatch(c -> c < 32 || c == '\\' || c == ':');
        if (!plain || location.startsWith("/")) {
            throw new Malformed(outside);
        }
        for (String part : location.split("/", -1)) {
            if (part.equals("..") || part.isEmpty()) {
                throw new Malformed(outside);
            }
        }
        FileBytes found;
        try {
            Path path = folder.resolve(location);
            if (!Files.exists(path)) {
                throw new Malformed(quoted + " lies in " + Faults.quoted(location) + ", which is not there");
            }
            Path target = path.toRealPath();
            if (!target.startsWith(real) && (blobs == null || !target.startsWith(blobs))) {
                throw new Malformed(outside);
            }
            found = new FileBytes(path);
        } catch (InvalidPathException e) {
            throw new Malformed(outside);
        } catch (IOException e) {
            throw Faults.unreadable(own.path(), e);
        }
        files.put(location, found);
        return found;
    }

    /** Two weights may be one; none may lie half in another. */
    void checkOverlaps(List<OnnxTensor> tensors) throws Malformed {
        List<OnnxTensor> placed = tensors.stream()
                .filter(t -> t.inline() == null && t.length() > 0)
                .sorted(Comparator.comparing(OnnxTensor::file)
                        .thenComparingLong(OnnxTensor::offset)
                        .thenComparingLong(OnnxTensor::length))
                .toList();
        for (int i = 1; i < placed.size(); i++) {
            OnnxTensor a = placed.get(i - 1);
            OnnxTensor b = placed.get(i);
            boolean same = a.offset() == b.offset() && a.length() == b.length();
            if (a.file().equals(b.file()) && !same && b.offset() < a.offset() + a.length()) {
                throw new Malformed("the weight " + Faults.quoted(b.name()) + " overlaps another");
            }
        }
    }
}
