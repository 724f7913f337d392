package gesso.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Whether a file of a picture holds more than one. What is broken counts as one: who reads the pixels says what is wrong. */
final class Animation {
    private static final int WEBP_ANIMATION = 2; // of VP8X's flags

    private Animation() {}

    static boolean is(byte[] file, PictureFormat format) {
        ByteBuffer in = ByteBuffer.wrap(file);
        return switch (format) {
            case GIF -> new Gif(in).pictures() > 1;
            case PNG -> isApng(in);
            case WEBP ->
                PictureBlocks.startsWith(in, 12, "VP8X") && file.length > 20 && (file[20] & WEBP_ANIMATION) != 0;
            default -> false;
        };
    }

    /** A chunk acTL before the first picture's data, with more than one frame. */
    private static boolean isApng(ByteBuffer in) {
        int at = 8;
        while (at + 12 <= in.limit() && !PictureBlocks.startsWith(in, at + 4, "IDAT")) {
            int length = in.getInt(at);
            if (PictureBlocks.startsWith(in, at + 4, "acTL")) {
                return in.getInt(at + 8) > 1;
            }
            if (length < 0 || length > in.limit() - at - 12) {
                break;
            }
            at += 12 + length;
        }
        return false;
    }

    /** Walks over the blocks of a GIF. */
    private static final class Gif {
        private static final int SCREEN = 13;
        private static final int EXTENSION = 0x21;
        private static final int PICTURE = 0x2C;

        private final ByteBuffer in;
        private int at = SCREEN;

        Gif(ByteBuffer in) {
            this.in = in.order(ByteOrder.LITTLE_ENDIAN);
        }

        /** Two where there are more. */
        int pictures() {
            int count = 0;
            at += in.limit() < SCREEN ? 0 : colours(in.get(SCREEN - 3));
            while (count < 2 && at < in.limit()) {
                int kind = in.get(at) & 255;
                if (kind == EXTENSION) {
                    at += 2;
                    skipBlocks();
                } else if (kind == PICTURE && at + 10 < in.limit()) {
                    count++;
                    at += 10 + colours(in.get(at + 9)) + 1;
                    skipBlocks();
                } else {
                    break;
                }
            }
            return count;
        }

        /** Bytes of the table of colours that a byte of flags announces. */
        private static int colours(byte flags) {
            return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
        }

        private void skipBlocks() {
            while (at < in.limit() && in.get(at) != 0) {
                at += 1 + (in.get(at) & 255);
            }
            at++;
        }
    }
}
