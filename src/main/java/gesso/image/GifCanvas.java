package gesso.image;

import gesso.request.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The area that a GIF's frames are painted on: the first frame may cover a part of it only. */
final class GifCanvas {
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2C;

    private final ByteBuffer in;

    GifCanvas(byte[] file) {
        in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The first frame where it belongs, the rest transparent; the frame itself where it covers the canvas. */
    Picture place(Picture frame) {
        int width = shortAt(6);
        int height = shortAt(8);
        int at = firstFrame();
        boolean covers = frame.width() >= width && frame.height() >= height;
        boolean sensible = width > 0 && height > 0 && (long) width * height <= PictureFiles.LARGEST_PIXELS;
        if (covers || at < 0 || !sensible) {
            return frame;
        }
        int[] out = new int[Math.multiplyExact(width, height)];
        Blending.paste(frame, out, width, shortAt(at + 1), shortAt(at + 3));
        return new Picture(width, height, out);
    }

    /** Where the first frame is described; −1: nowhere. */
    private int firstFrame() {
        int flags = in.get(10);
        int at = 13 + ((flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0);
        while (at < in.limit() && (in.get(at) & 255) == EXTENSION) {
            at += 2;
            while (at < in.limit() && in.get(at) != 0) {
                at += 1 + (in.get(at) & 255);
            }
            at++;
        }
        return at + 9 <= in.limit() && in.get(at) == FRAME ? at : -1;
    }

    private int shortAt(int at) {
        return in.getShort(at) & 0xFFFF;
    }
}
