package gesso.image.metadata;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of an EXIF block: a TIFF structure whose first directory, and the one that tag 0x8769 points at, are read. A broken
 * block has no texts: the picture is as good as one without.
 */
final class ExifTexts {
    private static final int EXIF_DIRECTORY = 0x8769;
    private static final int USER_COMMENT = 0x9286;
    private static final int XP_COMMENT = 0x9C9C;
    private static final Map<Integer, String> NAMES = Map.of(
            0x010E,
            "ImageDescription",
            0x010F,
            "Make",
            0x0110,
            "Model",
            0x0131,
            "Software",
            0x927C,
            "MakerNote",
            USER_COMMENT,
            PictureMetadata.USER_COMMENT,
            XP_COMMENT,
            "XPComment");

    private static final int ASCII = 2;

    /** ComfyUI puts its graphs into any tags of text that are free, each behind its name. */
    private static final Pattern NAMED_JSON = Pattern.compile("(\\w{1,40}):\\s*(\\{.*)", Pattern.DOTALL);

    private final ByteBuffer tiff;
    private final Map<String, String> texts = new LinkedHashMap<>();

    private ExifTexts(ByteBuffer tiff) {
        this.tiff = tiff;
    }

    /** Reads a block that begins with the byte order, with or without {@code Exif\0\0} before it. */
    static Map<String, String> read(ByteBuffer block) {
        int start = block.remaining() > 6 && block.get(0) == 'E' && block.get(1) == 'x' ? 6 : 0;
        ByteBuffer tiff = block.slice(start, block.remaining() - start);
        if (tiff.limit() < 8 || (tiff.get(0) != 'I' && tiff.get(0) != 'M')) {
            return Map.of();
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        ExifTexts reader = new ExifTexts(tiff);
        reader.directory(tiff.getInt(4), true);
        return reader.texts;
    }

    private void directory(int at, boolean first) {
        if (at < 8 || at > tiff.limit() - 2) {
            return;
        }
        int entries = tiff.getShort(at) & 0xFFFF;
        for (int i = 0; i < entries && at + 2 + 12L * (i + 1) <= tiff.limit(); i++) {
            entry(at + 2 + 12 * i, first);
        }
    }

    private void entry(int at, boolean first) {
        int tag = tiff.getShort(at) & 0xFFFF;
        int type = tiff.getShort(at + 2);
        if (tag == EXIF_DIRECTORY && first) {
            directory(tiff.getInt(at + 8), false);
            return;
        }
        // Types of one byte alone: text is in no others.
        boolean bytes = type == 1 || type == ASCII || type == 7 || type == 129;
        long count = tiff.getInt(at + 4) & 0xFFFFFFFFL;
        long from = count <= 4 ? at + 8 : tiff.getInt(at + 8) & 0xFFFFFFFFL;
        if (!bytes || count > tiff.limit() - from || !(NAMES.containsKey(tag) || type == ASCII)) {
            return;
        }
        byte[] value = new byte[(int) count];
        tiff.get((int) from, value);
        put(tag, value);
    }

    private void put(int tag, byte[] value) {
        boolean little = tiff.order() == ByteOrder.LITTLE_ENDIAN;
        String text =
                switch (tag) {
                    case USER_COMMENT -> Texts.userComment(value, little);
                    case XP_COMMENT -> Texts.trimmed(new String(value, StandardCharsets.UTF_16LE));
                    default -> Texts.trimmed(Texts.utf8OrLatin(value));
                };
        Matcher named = NAMED_JSON.matcher(text);
        if (tag != USER_COMMENT && named.matches()) {
            texts.putIfAbsent(named.group(1), named.group(2));
        } else if (NAMES.containsKey(tag)) {
            texts.putIfAbsent(NAMES.get(tag), text);
        }
    }
}
