package gesso.image.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import gesso.request.BadInput;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Puts the parameters text into a JPEG or WebP file as A1111 does: EXIF's UserComment, "UNICODE" in big-endian UTF-16. For files just
 * encoded, which have no EXIF block yet. (A PNG gets its text when it is written, by {@link gesso.image.PngWriter}.)
 */
public final class MetadataWriter {
    private static final int LONGEST_SEGMENT = 0xFFFF - 2;
    private static final int JFIF = 0xE0;

    /** VP8X: there is an EXIF chunk; there is alpha. */
    private static final int EXIF_FLAG = 0x08;

    private static final int ALPHA_FLAG = 0x10;

    private MetadataWriter() {}

    /**
     * A JPEG with the text.
     *
     * @throws BadInput where the text is longer than a JPEG can hold (about 32,000 characters)
     */
    public static byte[] intoJpeg(byte[] file, String text) {
        byte[] exif = exif(text);
        if (exif.length + 6 > LONGEST_SEGMENT) {
            throw new BadInput("The settings are too long for a JPEG file; save the picture as PNG.");
        }
        // Programs expect JFIF's own segment, where there is one, before all others.
        boolean jfif = (file[3] & 255) == JFIF;
        int at = jfif ? 4 + ByteBuffer.wrap(file).getShort(4) : 2;
        ByteBuffer segment = ByteBuffer.allocate(10 + exif.length);
        segment.putShort((short) 0xFFE1).putShort((short) (exif.length + 8));
        segment.put("Exif\0\0".getBytes(ISO_8859_1)).put(exif);
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + segment.capacity());
        out.write(file, 0, at);
        out.writeBytes(segment.array());
        out.write(file, at, file.length - at);
        return out.toByteArray();
    }

    /** A WebP with the text; a simple file becomes one in the extended form. */
    public static byte[] intoWebp(byte[] file, String text) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        byte[] chunks = new byte[file.length - 12];
        in.get(12, chunks);
        ByteArrayOutputStream body = new ByteArrayOutputStream(file.length + 64);
        String first = new String(file, 12, 4, ISO_8859_1);
        if (first.equals("VP8X")) {
            chunks[8] |= EXIF_FLAG;
        } else {
            body.writeBytes(chunk("VP8X", extended(in, first)));
        }
        body.writeBytes(chunks);
        body.writeBytes(chunk("EXIF", exif(text)));
        ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        head.put("RIFF".getBytes(ISO_8859_1)).putInt(4 + body.size()).put("WEBP".getBytes(ISO_8859_1));
        ByteArrayOutputStream out = new ByteArrayOutputStream(12 + body.size());
        out.writeBytes(head.array());
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }

    /** Flags and the canvas size, read off the simple picture's own header (at byte 20). */
    private static byte[] extended(ByteBuffer in, String first) {
        int flags = EXIF_FLAG;
        int width;
        int height;
        if (first.equals("VP8L")) {
            int bits = in.getInt(21);
            width = (bits & 0x3FFF) + 1;
            height = ((bits >> 14) & 0x3FFF) + 1;
            flags |= (bits >> 28 & 1) == 1 ? ALPHA_FLAG : 0;
        } else {
            width = in.getShort(26) & 0x3FFF;
            height = in.getShort(28) & 0x3FFF;
        }
        ByteBuffer body = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        body.putInt(flags);
        put24(body, width - 1);
        put24(body, height - 1);
        return body.array();
    }

    private static void put24(ByteBuffer out, int value) {
        out.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
    }

    private static byte[] chunk(String name, byte[] content) {
        int padded = content.length + (content.length & 1);
        ByteBuffer out = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        out.put(name.getBytes(ISO_8859_1)).putInt(content.length).put(content);
        return out.array();
    }

    /** A TIFF structure, big-endian as piexif's: a directory that points at EXIF's own, which has the one tag. */
    private static byte[] exif(String text) {
        byte[] words = text.getBytes(UTF_16BE);
        ByteBuffer out = ByteBuffer.allocate(8 + 18 + 18 + 8 + words.length);
        out.put("MM".getBytes(ISO_8859_1)).putShort((short) 42).putInt(8);
        out.putShort((short) 1)
                .putShort((short) 0x8769)
                .putShort((short) 4)
                .putInt(1)
                .putInt(26)
                .putInt(0);
        out.putShort((short) 1)
                .putShort((short) 0x9286)
                .putShort((short) 7)
                .putInt(8 + words.length)
                .putInt(44)
                .putInt(0);
        out.put("UNICODE\0".getBytes(ISO_8859_1)).put(words);
        return out.array();
    }
}
