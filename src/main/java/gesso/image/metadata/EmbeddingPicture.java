package gesso.image.metadata;

import gesso.image.PictureFiles;
import gesso.request.BadInput;
import gesso.request.Picture;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A textual inversion in a picture, as A1111's trainer hides it (modules/textual_inversion/image_embedding.py): JSON, in base64 as
 * the text {@code sd-ti-embedding}, and once more in the pixels. There the low four bits of every colour value hold half of a byte
 * of zlib's stream: the lower halves left of the shown picture, the upper ones right of it, each parted from it by a black column,
 * and scrambled by a congruential generator.
 */
public final class EmbeddingPicture {
    private static final String KEY = "sd-ti-embedding";

    private EmbeddingPicture() {}

    /** Whether a file of that name can be one. */
    public static boolean isNamed(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".webp");
    }

    /**
     * What the picture holds.
     *
     * @return JSON in UTF-8; empty where it is a picture and nothing else
     * @throws BadInput where it is no picture, or broken
     */
    public static Optional<byte[]> read(Path file) {
        String text = PictureMetadata.read(file).texts().get(KEY);
        if (text == null) {
            return ofPixels(PictureFiles.read(file));
        }
        try {
            return Optional.of(Base64.getMimeDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            throw new BadInput("The embedding in %s is damaged; get the file again.".formatted(file.getFileName()), e);
        }
    }

    private static Optional<byte[]> ofPixels(Picture picture) {
        int top = firstRow(picture, 0, 1);
        if (top < 0) {
            return Optional.empty();
        }
        int bottom = firstRow(picture, picture.height() - 1, -1) + 1;
        int left = firstColumn(picture, 0, 1);
        int right = firstColumn(picture, picture.width() - 1, -1) + 1;
        int first = emptyColumn(picture, left, right, 1, top, bottom);
        int last = emptyColumn(picture, right - 1, left - 1, -1, top, bottom);
        if (first >= last || first - left != right - last - 1) {
            return Optional.empty();
        }
        byte[] lower = halves(picture, left, first, top, bottom);
        byte[] upper = halves(picture, last + 1, right, top, bottom);
        for (int i = 0; i < lower.length; i++) {
            lower[i] |= (byte) (upper[i] << 4);
        }
        return inflated(lower);
    }

    /** The first row, from one on, with a pixel that is black in none of its colours; −1 where there is none. */
    private static int firstRow(Picture picture, int from, int step) {
        for (int y = from; y >= 0 && y < picture.height(); y += step) {
            for (int x = 0; x < picture.width(); x++) {
                if (isLit(picture.at(x, y))) {
                    return y;
                }
            }
        }
        return -1;
    }

    private static int firstColumn(Picture picture, int from, int step) {
        for (int x = from; x >= 0 && x < picture.width(); x += step) {
            for (int y = 0; y < picture.height(); y++) {
                if (isLit(picture.at(x, y))) {
                    return x;
                }
            }
        }
        return -1;
    }

    private static boolean isLit(int argb) {
        return (argb & 0xFF) != 0 && (argb & 0xFF00) != 0 && (argb & 0xFF0000) != 0;
    }

    /** The first column whose low bits are all 0; {@code until} where there is none. */
    private static int emptyColumn(Picture picture, int from, int until, int step, int top, int bottom) {
        for (int x = from; x != until; x += step) {
            int bits = 0;
            for (int y = top; y < bottom; y++) {
                bits |= picture.at(x, y) & 0x0F0F0F;
            }
            if (bits == 0) {
                return x;
            }
        }
        return until;
    }

    /** The halves of bytes in a block of pixels, row by row, unscrambled. */
    private static byte[] halves(Picture picture, int left, int right, int top, int bottom) {
        byte[] halves = new byte[3 * (right - left) * (bottom - top)];
        int state = 0;
        int at = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                for (int shift = 16; shift >= 0; shift -= 8) {
                    state = 1664525 * state + 1013904223; // modulo 2³²
                    int key = Integer.remainderUnsigned(state, 255);
                    halves[at++] = (byte) ((picture.at(x, y) >> shift ^ key) & 0x0F);
                }
            }
        }
        return halves;
    }

    /** Behind the stream its beginning comes again, to fill the block. */
    private static Optional<byte[]> inflated(byte[] stream) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stream);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 14];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 || out.size() > PictureMetadata.LONGEST_TEXT) {
                    return Optional.empty();
                }
                out.write(buffer, 0, count);
            }
            return Optional.of(out.toByteArray());
        } catch (DataFormatException e) {
            return Optional.empty(); // black stripes in a picture that holds nothing
        } finally {
            inflater.end();
        }
    }
}
