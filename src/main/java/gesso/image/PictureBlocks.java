package gesso.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What lies beside the pixels of a JPEG, PNG or WebP and changes how they are to be seen. A block that is broken is as
 * good as none: the pixels do not depend on it.
 *
 * @param orientation of EXIF, 1–8; 1: as stored
 * @param profile the ICC profile; null: none, or one that the reader sees to itself (JPEG, WebP)
 */
record PictureBlocks(int orientation, byte @Nullable [] profile) {
    private static final PictureBlocks NONE = new PictureBlocks(1, null);
    private static final int LARGEST_PROFILE = 16 << 20;
    private static final int ORIENTATION_TAG = 0x0112;

    static PictureBlocks of(byte[] file, PictureFormat format) {
        ByteBuffer in = ByteBuffer.wrap(file);
        return switch (format) {
            case JPEG -> ofJpeg(in);
            case PNG -> ofPng(in);
            case WEBP -> ofWebp(in);
            default -> NONE;
        };
    }

    private static PictureBlocks ofJpeg(ByteBuffer in) {
        int at = 2;
        while (at + 4 <= in.limit() && (in.get(at) & 255) == 0xFF) {
            int marker = in.get(at + 1) & 255;
            int length = in.getShort(at + 2) & 0xFFFF;
            if (marker == 0xDA || length < 2 || at + 2 + length > in.limit()) {
                break;
            }
            if (marker == 0xE1 && startsWith(in, at + 4, "Exif\0\0")) {
                return new PictureBlocks(orientation(in.slice(at + 10, length - 8)), null);
            }
            at += 2 + length;
        }
        return NONE;
    }

    private static PictureBlocks ofPng(ByteBuffer in) {
        int orientation = 1;
        byte[] profile = null;
        int at = 8;
        while (at + 12 <= in.limit()) {
            int length = in.getInt(at);
            if (length < 0 || length > in.limit() - at - 12) {
                break;
            }
            if (startsWith(in, at + 4, "eXIf")) {
                orientation = orientation(in.slice(at + 8, length));
            } else if (startsWith(in, at + 4, "iCCP")) {
                profile = pngProfile(in.slice(at + 8, length));
            }
            at += 12 + length;
        }
        return new PictureBlocks(orientation, profile);
    }

    private static PictureBlocks ofWebp(ByteBuffer in) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        int orientation = 1;
        int at = 12;
        while (at + 8 <= in.limit()) {
            int length = in.getInt(at + 4);
            if (length < 0 || length > in.limit() - at - 8) {
                break;
            }
            if (startsWith(in, at, "EXIF")) {
                int skip = startsWith(in, at + 8, "Exif\0\0") ? 6 : 0;
                orientation = orientation(in.slice(at + 8 + skip, length - skip));
            }
            at += 8 + length + (length & 1);
        }
        return new PictureBlocks(orientation, null);
    }

    /** Looks for the tag in the first directory of a TIFF structure. */
    private static int orientation(ByteBuffer tiff) {
        if (tiff.limit() < 8) {
            return 1;
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int at = tiff.getInt(4);
        if (at < 8 || at > tiff.limit() - 2) {
            return 1;
        }
        int entries = tiff.getShort(at) & 0xFFFF;
        for (int i = 0, entry = at + 2; i < entries && entry <= tiff.limit() - 12; i++, entry += 12) {
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION_TAG) {
                int value = tiff.getShort(entry + 8);
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }

    /** A name, NUL, the method (0), a deflated profile. */
    private static byte @Nullable [] pngProfile(ByteBuffer chunk) {
        byte[] bytes = new byte[chunk.limit()];
        chunk.get(0, bytes);
        int name = 0;
        while (name < bytes.length && bytes[name] != 0) {
            name++;
        }
        return name + 2 >= bytes.length ? null : inflate(Arrays.copyOfRange(bytes, name + 2, bytes.length));
    }

    private static byte @Nullable [] inflate(byte[] deflated) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 14];
            while (!inflater.finished() && out.size() < LARGEST_PROFILE) {
                int count = inflater.inflate(buffer);
                if (count == 0) {
                    return null;
                }
                out.write(buffer, 0, count);
            }
            return inflater.finished() ? out.toByteArray() : null;
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }

    static boolean startsWith(ByteBuffer in, int at, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        if (at < 0 || at > in.limit() - wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (in.get(at + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
