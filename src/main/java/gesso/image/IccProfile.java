package gesso.image;

import gesso.request.Picture;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.jspecify.annotations.Nullable;

/** Colours of another RGB space, brought to sRGB. */
final class IccProfile {
    /** A profile that moves no test colour further than this is sRGB under another name, and its pixels stay to the bit. */
    private static final int SAME = 2;

    private IccProfile() {}

    /** null where it is no usable profile of an RGB space: its pixels are then taken as sRGB. */
    static @Nullable ICC_Profile parse(byte[] profile) {
        try {
            ICC_Profile parsed = ICC_Profile.getInstance(profile);
            return parsed.getColorSpaceType() == ColorSpace.TYPE_RGB ? parsed : null;
        } catch (IllegalArgumentException | CMMException e) {
            return null;
        }
    }

    /** The picture in sRGB; the picture itself where the profile is sRGB's, or cannot be used. Alpha stays. */
    static Picture toSrgb(Picture picture, ICC_Profile profile) {
        if (profile.getColorSpaceType() != ColorSpace.TYPE_RGB) {
            return picture;
        }
        try {
            return isSrgb(profile) ? picture : convert(picture, profile);
        } catch (CMMException | IllegalArgumentException e) {
            return picture;
        }
    }

    private static boolean isSrgb(ICC_Profile profile) {
        int[] test = new int[6 * 6 * 6];
        for (int i = 0; i < test.length; i++) {
            test[i] = 0xFF000000 | (i % 6 * 51) << 16 | (i / 6 % 6 * 51) << 8 | i / 36 * 51;
        }
        int[] seen = convert(new Picture(test.length, 1, test), profile).argb();
        for (int i = 0; i < test.length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                if (Math.abs((test[i] >> shift & 255) - (seen[i] >> shift & 255)) > SAME) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Picture convert(Picture picture, ICC_Profile profile) {
        int width = picture.width();
        int height = picture.height();
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 3, null);
        int[] argb = picture.argb();
        int[] row = new int[width * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int p = argb[y * width + x];
                row[3 * x] = p >> 16 & 255;
                row[3 * x + 1] = p >> 8 & 255;
                row[3 * x + 2] = p & 255;
            }
            raster.setPixels(0, y, width, 1, row);
        }
        ComponentColorModel model = new ComponentColorModel(
                new ICC_ColorSpace(profile), false, false, BufferedImage.OPAQUE, DataBuffer.TYPE_BYTE);
        BufferedImage rgb = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        new ColorConvertOp(null).filter(new BufferedImage(model, raster, false, null), rgb);
        int[] out = rgb.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < out.length; i++) {
            out[i] = (argb[i] & 0xFF000000) | (out[i] & 0xFFFFFF);
        }
        return new Picture(width, height, out);
    }
}
