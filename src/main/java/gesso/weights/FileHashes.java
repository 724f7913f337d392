package gesso.weights;

import gesso.request.CancelToken;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hashes that programs and sites know model files by; in lower case hexadecimal. */
public final class FileHashes {
    private static final int PIECE = 1 << 20;

    private FileHashes() {}

    /**
     * SHA-256 of the whole file, 64 digits.
     *
     * @throws gesso.request.BadInput where it cannot be read
     * @throws gesso.request.Cancelled where {@code token} says so
     */
    public static String sha256(Path path, CancelToken token) {
        FileBytes file = new FileBytes(path);
        return digest(file, 0, file.size(), token);
    }

    /** What A1111 writes as "Model hash" and Civitai calls AutoV2: the first 10 digits of {@link #sha256}. */
    public static String shortForm(String sha256) {
        return sha256.substring(0, 10);
    }

    /**
     * SHA-256 of a safetensors file behind its header, which stays the same when notes change. A1111's "Lora hashes" are the
     * first 12 digits of it (Civitai: AutoV3).
     *
     * @throws gesso.request.BadInput where it is no safetensors file
     * @throws gesso.request.Cancelled where {@code token} says so
     */
    public static String sha256OfTensors(Path path, CancelToken token) {
        SafetensorsFile.open(path);
        FileBytes file = new FileBytes(path);
        long header =
                ByteBuffer.wrap(file.read(0, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return digest(file, 8 + header, file.size(), token);
    }

    /**
     * The 8 digits that A1111 wrote before 1.0 (Civitai: AutoV1): of the 64 KiB that lie 1 MiB into the file alone, so that
     * different files can share it.
     */
    public static String autoV1(Path path) {
        FileBytes file = new FileBytes(path);
        long start = Math.min(file.size(), 0x100000);
        long end = Math.min(file.size(), start + 0x10000);
        return digest(file, start, end, new CancelToken()).substring(0, 8);
    }

    private static String digest(FileBytes file, long start, long end, CancelToken token) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, end - start));
        try (FileBytes.Reading reading = file.reading()) {
            for (long at = start; at < end; at += piece.limit()) {
                token.check();
                piece.clear().limit((int) Math.min(piece.capacity(), end - at));
                reading.fill(piece, at);
                digest.update(piece);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
