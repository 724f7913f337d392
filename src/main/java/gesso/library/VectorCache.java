package gesso.library;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Rows of numbers that take long to compute, each in a file of its own under the hash of its key. Thread-safe. */
public final class VectorCache {
    private final Path folder;

    /** Kept in a folder of this one. */
    public VectorCache(Path cache) {
        folder = cache.resolve("vectors");
    }

    /** What is kept under a key; empty where nothing is, or not exactly {@code size} numbers. */
    public Optional<float[]> read(String key, int size) {
        Path file = file(key);
        try {
            if (Files.size(file) != 4L * size) {
                return Optional.empty();
            }
            float[] values = new float[size];
            ByteBuffer.wrap(Files.readAllBytes(file))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            for (float v : values) {
                if (!Float.isFinite(v)) {
                    return Optional.empty();
                }
            }
            return Optional.of(values);
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // none yet, or one that another program is at: computed anew
        }
    }

    /** Keeps numbers; a cache that cannot be written costs time only. */
    public void write(String key, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        try {
            SafeFiles.replace(file(key), bytes.array());
        } catch (IOException | RuntimeException e) {
            System.getLogger("gesso").log(System.Logger.Level.DEBUG, "Vectors were not kept.", e);
        }
    }

    private Path file(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(hash).substring(0, 32) + ".f32");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
