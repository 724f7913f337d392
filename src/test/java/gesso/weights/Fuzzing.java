package gesso.weights;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import gesso.request.BadInput;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Breaks files at random and opens them: the outcome is a file that reads, or a {@link BadInput} with one sentence; nothing
 * else, and no memory that the file's own size does not explain.
 */
final class Fuzzing {
    private static final long[] EXTREMES = {
        0,
        1,
        7,
        8,
        127,
        128,
        255,
        256,
        65535,
        1L << 31,
        (1L << 32) - 1,
        1L << 53,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -8
    };

    /** A parse may take this many times the file's size, and this much besides. */
    private static final long TIMES = 200;

    private static final long BESIDES = 1 << 24;

    private final Random random;
    private final List<byte[]> seeds;
    private final String[] words;
    private int opened;
    private int refused;

    Fuzzing(long seed, List<byte[]> seeds, String... words) {
        this.random = new Random(seed);
        this.seeds = seeds;
        this.words = words;
    }

    /** Opens {@code count} broken files; at least a few must still open and most must not, or the breaking breaks nothing. */
    void run(int count, Path scratch, Function<Path, WeightFile> open) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < count; i++) {
            byte[] bytes = mutate(seeds.get(random.nextInt(seeds.size())));
            Fixtures.write(scratch, bytes);
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                tryOne(scratch, open);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("file " + i + ": " + Arrays.toString(bytes), e);
            }
            long taken = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(taken < TIMES * bytes.length + BESIDES, () -> taken + " bytes for " + Arrays.toString(bytes));
        }
        assertTrue(opened > count / 1000, opened + " opened");
        assertTrue(refused > count / 4, refused + " refused");
    }

    private void tryOne(Path file, Function<Path, WeightFile> open) {
        try {
            WeightFile weights = open.apply(file);
            for (Weight w : weights.weights().values()) {
                assertTrue(w.elements() >= 0 && w.elements() < (1 << 20), w::toString);
                FloatBuffer out = FloatBuffer.allocate((int) w.elements());
                weights.read(w, out);
                assertFalse(out.hasRemaining(), w::toString);
            }
            ModelInfo.of(weights);
            opened++;
        } catch (BadInput e) {
            String sentence = e.sentence();
            assertTrue(sentence.endsWith(".") && sentence.length() < 400, sentence);
            assertTrue(sentence.contains(file.getFileName().toString()), sentence);
            assertFalse(sentence.chars().anyMatch(Character::isISOControl), sentence);
            refused++;
        }
    }

    private byte[] mutate(byte[] seed) {
        byte[] bytes = seed.clone();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            bytes = bytes.length == 0 ? new byte[] {1} : mutateOnce(bytes);
        }
        return bytes;
    }

    private byte[] mutateOnce(byte[] bytes) {
        int at = place(bytes.length);
        switch (random.nextInt(9)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 3 -> {
                return splice(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(20)), new byte[0]);
            }
            case 4 -> {
                return splice(bytes, at, at, random(1 + random.nextInt(20)));
            }
            case 5 -> {
                int from = random.nextInt(bytes.length);
                byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(80)));
                return splice(bytes, at, random.nextBoolean() ? at : Math.min(bytes.length, at + piece.length), piece);
            }
            case 6 -> {
                long extreme = EXTREMES[random.nextInt(EXTREMES.length)];
                for (int i = 0; i < (1 << random.nextInt(4)) && at + i < bytes.length; i++) {
                    bytes[at + i] = (byte) (extreme >> (8 * i));
                }
            }
            case 7 -> {
                return number(bytes, at);
            }
            default -> {
                byte[] word = words[random.nextInt(words.length)].getBytes(StandardCharsets.ISO_8859_1);
                return splice(bytes, at, random.nextBoolean() ? at : Math.min(bytes.length, at + word.length), word);
            }
        }
        return bytes;
    }

    /** Anywhere, but the ends of a file, where its lengths and tables stand, more often. */
    private int place(int length) {
        int inside = Math.min(length, 1 + random.nextInt(64));
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(inside);
            case 1 -> length - inside + random.nextInt(inside);
            default -> random.nextInt(length);
        };
    }

    /** Puts an extreme in the place of the next number that is written in digits. */
    private byte[] number(byte[] bytes, int from) {
        int start = from;
        while (start < bytes.length && !Character.isDigit(bytes[start])) {
            start++;
        }
        int end = start;
        while (end < bytes.length && Character.isDigit(bytes[end])) {
            end++;
        }
        String extreme = Long.toString(EXTREMES[random.nextInt(EXTREMES.length)]);
        return splice(bytes, start, end, extreme.getBytes(StandardCharsets.ISO_8859_1));
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
        byte[] joined = Arrays.copyOf(bytes, from + middle.length + bytes.length - to);
        System.arraycopy(middle, 0, joined, from, middle.length);
        System.arraycopy(bytes, to, joined, from + middle.length, bytes.length - to);
        return joined;
    }
}
