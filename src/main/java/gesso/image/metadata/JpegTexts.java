package gesso.image.metadata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The EXIF block and the comments of a JPEG: the segments before its pixels. */
final class JpegTexts {
    private static final int APP1 = 0xE1;
    private static final int COMMENT = 0xFE;
    private static final int START_OF_SCAN = 0xDA;
    private static final int END = 0xD9;

    private JpegTexts() {}

    static Map<String, String> read(FileBytes file) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        long at = 2;
        while (at + 4 <= file.size()) {
            ByteBuffer head = file.buffer(at, 4);
            int marker = head.getShort() & 0xFFFF;
            int length = head.getShort() & 0xFFFF;
            int kind = marker & 0xFF;
            if (marker >> 8 != 0xFF || kind == START_OF_SCAN || kind == END) {
                break;
            }
            if (kind == 0xFF) {
                at++; // a byte that fills up to the next marker
                continue;
            }
            if (length < 2) {
                throw file.damaged("a segment has no length");
            }
            if (kind == APP1 && file.startsWith(at + 4, "Exif\0\0")) {
                ExifTexts.read(file.buffer(at + 4, length - 2)).forEach(texts::putIfAbsent);
            } else if (kind == COMMENT) {
                texts.putIfAbsent(
                        PictureMetadata.COMMENT, Texts.trimmed(Texts.utf8OrLatin(file.bytes(at + 4, length - 2))));
            }
            at += 2 + length;
        }
        return texts;
    }
}
