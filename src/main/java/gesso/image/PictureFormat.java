package gesso.image;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The kinds of picture files that are read, told by their first bytes: a name's ending may lie. */
enum PictureFormat {
    PNG("png"),
    JPEG("jpeg"),
    WEBP("webp"),
    GIF("gif"),
    BMP("bmp");

    private final String reader;

    PictureFormat(String reader) {
        this.reader = reader;
    }

    /** The name that Java's reader of it is registered under. */
    String reader() {
        return reader;
    }

    /** null: none of them. */
    static @Nullable PictureFormat of(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        if (PictureBlocks.startsWith(in, 0, "\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (PictureBlocks.startsWith(in, 0, "\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (PictureBlocks.startsWith(in, 0, "RIFF") && PictureBlocks.startsWith(in, 8, "WEBP")) {
            return WEBP;
        }
        if (PictureBlocks.startsWith(in, 0, "GIF8")) {
            return GIF;
        }
        return PictureBlocks.startsWith(in, 0, "BM") ? BMP : null;
    }
}
