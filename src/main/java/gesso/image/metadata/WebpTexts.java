package gesso.image.metadata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** The EXIF chunk of a WebP (RIFF, little-endian, chunks at even places). */
final class WebpTexts {
    private WebpTexts() {}

    static Map<String, String> read(FileBytes file) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        long at = 12;
        while (at + 8 <= file.size()) {
            ByteBuffer head = file.buffer(at, 8).order(ByteOrder.LITTLE_ENDIAN);
            long length = head.getInt(4) & 0xFFFFFFFFL;
            if (file.startsWith(at, "EXIF")) {
                ExifTexts.read(file.buffer(at + 8, length)).forEach(texts::putIfAbsent);
            } else if (length > file.size() - at - 8) {
                throw file.damaged("it ends too early");
            }
            at += 8 + length + (length & 1);
        }
        return texts;
    }
}
