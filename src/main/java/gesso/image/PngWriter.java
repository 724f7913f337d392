package gesso.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import gesso.request.Picture;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Pictures as PNG: 8 bits a channel, with alpha only where a pixel is not opaque. Texts are written before the pixels, as
 * Pillow does: tEXt where Latin-1 can hold them, else iTXt.
 */
public final class PngWriter {
    static final byte[] SIGNATURE = {(byte) 137, 'P', 'N', 'G', 13, 10, 26, 10};

    /** Half the time of zlib's default on generated pictures, for files a few percent larger. */
    private static final int LEVEL = 4;

    private PngWriter() {}

    /** The whole file. */
    public static byte[] encode(Picture picture, List<TextChunk> texts) {
        int channels = Pixels.isOpaque(picture) ? 3 : 4;
        ByteArrayOutputStream out = new ByteArrayOutputStream(picture.argb().length * 2 + 1024);
        out.writeBytes(SIGNATURE);
        chunk(out, "IHDR", header(picture, channels));
        for (TextChunk text : texts) {
            write(out, text);
        }
        chunk(out, "IDAT", deflate(new PngFilter(picture, channels).rows()));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static byte[] header(Picture picture, int channels) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(13);
        number(body, picture.width());
        number(body, picture.height());
        body.write(8);
        body.write(channels == 3 ? 2 : 6); // RGB, RGBA
        body.write(0);
        body.write(0);
        body.write(0);
        return body.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, TextChunk text) {
        // NUL ends a text in PNG: what follows it would be lost, so it is left out instead.
        String value = text.text().replace("\0", "");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(text.keyword().getBytes(ISO_8859_1));
        body.write(0);
        if (value.chars().allMatch(c -> c < 256)) {
            body.writeBytes(value.getBytes(ISO_8859_1));
            chunk(out, "tEXt", body.toByteArray());
        } else {
            body.writeBytes(new byte[4]); // not compressed, no language, no translated keyword
            body.writeBytes(value.getBytes(UTF_8));
            chunk(out, "iTXt", body.toByteArray());
        }
    }

    private static byte[] deflate(byte[] rows) {
        Deflater deflater = new Deflater(LEVEL);
        try {
            deflater.setInput(rows);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(rows.length / 2 + 64);
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] body) {
        byte[] name = type.getBytes(ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(body);
        number(out, body.length);
        out.writeBytes(name);
        out.writeBytes(body);
        number(out, (int) crc.getValue());
    }

    private static void number(ByteArrayOutputStream out, int value) {
        out.write(value >>> 24);
        out.write(value >>> 16);
        out.write(value >>> 8);
        out.write(value);
    }
}
