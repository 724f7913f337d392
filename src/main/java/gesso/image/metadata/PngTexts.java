package gesso.image.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The chunks tEXt, zTXt, iTXt and eXIf of a PNG (PNG specification, third edition, 11.3.3). */
final class PngTexts {
    private static final int SIGNATURE = 8;

    /** Length, type and checksum of a chunk. */
    private static final int FRAME = 12;

    /** Pillow stops at this much text in all as well. */
    private static final int MOST_TEXT = 4 * PictureMetadata.LONGEST_TEXT;

    private final FileBytes file;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private int total;

    private PngTexts(FileBytes file) {
        this.file = file;
    }

    static Map<String, String> read(FileBytes file) throws IOException {
        PngTexts reader = new PngTexts(file);
        long at = SIGNATURE;
        while (at < file.size()) {
            ByteBuffer head = file.buffer(at, 8);
            long length = head.getInt() & 0xFFFFFFFFL;
            byte[] type = new byte[4];
            head.get(type);
            String name = new String(type, ISO_8859_1);
            if (name.equals("IEND")) {
                break;
            }
            if (length > file.size() - at - FRAME) {
                throw file.damaged("it ends too early");
            }
            switch (name) {
                case "tEXt", "zTXt", "iTXt" -> reader.text(name, reader.chunk(at, length));
                case "eXIf" ->
                    ExifTexts.read(ByteBuffer.wrap(reader.chunk(at, length))).forEach(reader.texts::putIfAbsent);
                default -> {}
            }
            at += FRAME + length;
        }
        return reader.texts;
    }

    /** A chunk's content, its checksum proved. */
    private byte[] chunk(long at, long length) throws IOException {
        byte[] content = file.bytes(at + 8, length);
        CRC32 crc = new CRC32();
        crc.update(file.bytes(at + 4, 4));
        crc.update(content);
        if ((int) crc.getValue() != file.buffer(at + 8 + length, 4).getInt()) {
            throw file.damaged("the checksum of a text is wrong");
        }
        return content;
    }

    private void text(String type, byte[] content) {
        int end = zero(content, 0);
        String key = new String(content, 0, end, ISO_8859_1);
        byte[] rest = Arrays.copyOfRange(content, Math.min(end + 1, content.length), content.length);
        String value =
                switch (type) {
                    case "tEXt" -> Texts.latinOrUtf8(rest);
                    case "zTXt" -> Texts.latinOrUtf8(rest.length == 0 ? rest : inflate(rest, 1));
                    default -> international(rest);
                };
        total += value.length();
        if (total > MOST_TEXT) {
            throw file.damaged("its texts have more than %d megabytes".formatted(MOST_TEXT >> 20));
        }
        texts.putIfAbsent(key, value);
    }

    /** Flag, method, language, NUL, translated key, NUL, text in UTF-8. */
    private String international(byte[] content) {
        int language = zero(content, 2);
        int start = zero(content, language + 1) + 1;
        if (start > content.length) {
            throw file.damaged("a text has no end");
        }
        return Texts.utf8OrLatin(
                content[0] == 1 ? inflate(content, start) : Arrays.copyOfRange(content, start, content.length));
    }

    private static int zero(byte[] content, int from) {
        int at = from;
        while (at < content.length && content[at] != 0) {
            at++;
        }
        return at;
    }

    private byte[] inflate(byte[] content, int start) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(content, start, content.length - start);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 14];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0) {
                    throw file.damaged("a compressed text is cut off");
                }
                out.write(buffer, 0, count);
                if (out.size() > PictureMetadata.LONGEST_TEXT) {
                    throw file.damaged("a compressed text has more than %d megabytes"
                            .formatted(PictureMetadata.LONGEST_TEXT >> 20));
                }
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw file.damaged("a compressed text is broken");
        } finally {
            inflater.end();
        }
    }
}
