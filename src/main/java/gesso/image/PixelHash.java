package gesso.image;

import gesso.request.Picture;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names a picture by its pixels, whatever file they are in. */
public final class PixelHash {
    private PixelHash() {}

    /**
     * The MD5 of the samples, row by row: RGB, or RGBA where a pixel is not opaque. It is what A1111 calls "Init image hash"
     * ({@code md5(image.tobytes())}).
     *
     * @return 32 hexadecimal digits
     */
    public static String of(Picture picture) {
        int channels = Pixels.isOpaque(picture) ? 3 : 4;
        MessageDigest md5 = md5();
        byte[] row = new byte[picture.width() * channels];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                int argb = picture.at(x, y);
                row[x * channels] = (byte) (argb >> 16);
                row[x * channels + 1] = (byte) (argb >> 8);
                row[x * channels + 2] = (byte) argb;
                if (channels == 4) {
                    row[x * channels + 3] = (byte) (argb >> 24);
                }
            }
            md5.update(row);
        }
        return HexFormat.of().formatHex(md5.digest());
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
