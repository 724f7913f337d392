package gesso.pipeline;

import gesso.sampling.Conditioning;
import gesso.tensor.FloatTensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of all that the UNet is asked with, model and all: equal digests, equal answers. */
public record QuestionDigest(long a, long b, long c, long d) {
    /** In bytes. */
    public static final int SIZE = 32;

    /** From its bytes, see {@link #write}. */
    public static QuestionDigest read(ByteBuffer from) {
        return new QuestionDigest(from.getLong(), from.getLong(), from.getLong(), from.getLong());
    }

    public void write(ByteBuffer to) {
        to.putLong(a).putLong(b).putLong(c).putLong(d);
    }

    /** Of a tensor alone. */
    static String of(FloatTensor tensor) {
        return HexFormat.of().formatHex(new Maker().ofTensor(tensor));
    }

    /** Makes digests. What stays the same from step to step (prompts, masks) is read once. */
    static final class Maker {
        private static final int MOST_REMEMBERED = 64;
        private static final int PIECE = 1 << 14;

        private final IdentityHashMap<FloatTensor, byte[]> known = new IdentityHashMap<>();
        private final ByteBuffer bytes = ByteBuffer.allocate(PIECE * Float.BYTES);

        /** @param model says which network it is, and what else is always the same about the question */
        QuestionDigest of(Object model, FloatTensor x, double timestep, Conditioning conditioning) {
            MessageDigest sha = sha256();
            byte[] name = String.valueOf(model).getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
            sha.update(name);
            sha.update(ByteBuffer.allocate(Double.BYTES).putDouble(timestep).flip());
            sha.update(ofTensor(x));
            sha.update(remembered(conditioning.context()));
            sha.update(remembered(conditioning.vector()));
            sha.update(remembered(conditioning.channels()));
            return read(ByteBuffer.wrap(sha.digest()));
        }

        private byte[] remembered(@Nullable FloatTensor tensor) {
            if (tensor == null) {
                return new byte[0];
            }
            if (known.size() > MOST_REMEMBERED) {
                known.clear();
            }
            return known.computeIfAbsent(tensor, this::ofTensor);
        }

        /** Of its shape and its numbers. */
        private byte[] ofTensor(FloatTensor tensor) {
            MessageDigest sha = sha256();
            ByteBuffer shape = ByteBuffer.allocate(Integer.BYTES * tensor.rank());
            for (int i = 0; i < tensor.rank(); i++) {
                shape.putInt(tensor.dim(i));
            }
            sha.update(shape.flip());
            float[] data = tensor.data();
            for (int from = 0; from < data.length; from += PIECE) {
                int length = Math.min(PIECE, data.length - from);
                bytes.clear().limit(length * Float.BYTES);
                bytes.asFloatBuffer().put(data, from, length);
                sha.update(bytes);
            }
            return sha.digest();
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every Java has it
            }
        }
    }
}
