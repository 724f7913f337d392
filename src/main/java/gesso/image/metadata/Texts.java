package gesso.image.metadata;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text in files that do not say, or say wrongly, how it is encoded. */
final class Texts {
    private static final int CODE = 8;

    private Texts() {}

    /** Latin-1, as the format says; UTF-8 where Latin-1 would have control characters, which no text has, and UTF-8 fits. */
    static String latinOrUtf8(byte[] bytes) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        return latin.chars().anyMatch(c -> c >= 0x80 && c < 0xA0) ? utf8OrLatin(bytes) : latin;
    }

    /** UTF-8 where the bytes are valid as that, else Latin-1. */
    static String utf8OrLatin(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * EXIF's UserComment: eight bytes that name the encoding, then the text; some programs leave the eight out. "UNICODE" is
     * UTF-16, which piexif (A1111) writes big-endian whatever the file's byte order, and others in the file's.
     */
    static String userComment(byte[] value, boolean littleEndian) {
        byte[] text = Arrays.copyOfRange(value, Math.min(CODE, value.length), value.length);
        if (startsWith(value, "UNICODE\0")) {
            return trimmed(new String(text, utf16(text, littleEndian)));
        }
        boolean coded = startsWith(value, "ASCII\0\0\0")
                || startsWith(value, "\0\0\0\0\0\0\0\0")
                || startsWith(value, "JIS\0\0\0\0\0");
        return trimmed(utf8OrLatin(coded ? text : value));
    }

    /** By the mark, else by where the zeros lie: every settings line has ASCII letters. */
    private static Charset utf16(byte[] text, boolean littleEndian) {
        if (startsWith(text, "\u00fe\u00ff") || startsWith(text, "\u00ff\u00fe")) {
            return StandardCharsets.UTF_16;
        }
        int even = 0;
        int odd = 0;
        for (int i = 0; i + 1 < text.length; i += 2) {
            even += text[i] == 0 ? 1 : 0;
            odd += text[i + 1] == 0 ? 1 : 0;
        }
        boolean little = even == odd ? littleEndian : odd > even;
        return little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    /** Without the NULs that pad it. */
    static String trimmed(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean startsWith(byte[] bytes, String latin) {
        byte[] wanted = latin.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= wanted.length && Arrays.equals(wanted, Arrays.copyOf(bytes, wanted.length));
    }
}
