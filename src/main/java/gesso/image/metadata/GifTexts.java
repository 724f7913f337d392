package gesso.image.metadata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The comment extensions of a GIF. */
final class GifTexts {
    private static final int EXTENSION = 0x21;
    private static final int COMMENT = 0xFE;
    private static final int PICTURE = 0x2C;

    private final FileBytes file;
    private long at = 13;

    private GifTexts(FileBytes file) {
        this.file = file;
    }

    static Map<String, String> read(FileBytes file) throws IOException {
        return new GifTexts(file).read();
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        at += colours(file.bytes(10, 1)[0]);
        while (at < file.size()) {
            int kind = next();
            if (kind == EXTENSION) {
                boolean comment = next() == COMMENT;
                byte[] blocks = blocks(comment);
                if (comment) {
                    texts.putIfAbsent(PictureMetadata.COMMENT, Texts.trimmed(Texts.utf8OrLatin(blocks)));
                }
            } else if (kind == PICTURE) {
                at += 9 + colours(file.bytes(at + 8, 1)[0]) + 1;
                blocks(false);
            } else {
                break;
            }
        }
        return texts;
    }

    /** Bytes of the table of colours that a flag byte announces. */
    private static int colours(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private int next() throws IOException {
        return file.bytes(at++, 1)[0] & 255;
    }

    /** Steps over blocks of up to 255 bytes, to the empty one that ends them. */
    private byte[] blocks(boolean keep) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int length = next(); length > 0; length = next()) {
            if (keep && out.size() <= PictureMetadata.LONGEST_TEXT) {
                out.writeBytes(file.bytes(at, length));
            }
            at += length;
        }
        return out.toByteArray();
    }
}
