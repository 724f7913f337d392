package gesso.image;

import gesso.request.Picture;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/** Java's images as pictures, sample by sample: {@code getRGB} would change the greys of grey images. */
final class Rasters {
    private Rasters() {}

    /** @param profile of the file, which its reader has not applied; null: none */
    static Picture toPicture(BufferedImage image, byte @Nullable [] profile) {
        ColorModel model = image.getColorModel();
        Picture picture;
        ICC_Profile own = null;
        if (model instanceof IndexColorModel palette) {
            picture = ofPalette(image.getRaster(), palette);
        } else if (plain(model)) {
            picture = ofSamples(image, model);
            own = model.getColorSpace() instanceof ICC_ColorSpace space && model.getNumColorComponents() == 3
                    ? space.getProfile()
                    : null;
        } else {
            picture = converted(image);
        }
        ICC_Profile foreign = profile == null ? own : IccProfile.parse(profile);
        return foreign == null ? picture : IccProfile.toSrgb(picture, foreign);
    }

    /** Grey, or three colours: what {@link #ofSamples} can take as it is. */
    private static boolean plain(ColorModel model) {
        int type = model.getColorSpace().getType();
        boolean integers = model.getTransferType() != DataBuffer.TYPE_FLOAT
                && model.getTransferType() != DataBuffer.TYPE_DOUBLE
                && model.getTransferType() != DataBuffer.TYPE_SHORT;
        return integers && (type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB);
    }

    private static Picture ofPalette(Raster raster, IndexColorModel palette) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        int[] argb = new int[raster.getWidth() * raster.getHeight()];
        int[] row = new int[raster.getWidth()];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
            for (int x = 0; x < row.length; x++) {
                // An index beyond the palette is black, as libpng paints it.
                argb[y * row.length + x] = row[x] < colours.length ? colours[row[x]] : 0xFF000000;
            }
        }
        return new Picture(raster.getWidth(), raster.getHeight(), argb);
    }

    private static Picture ofSamples(BufferedImage image, ColorModel model) {
        if (model.isAlphaPremultiplied()) {
            image.coerceData(false);
            model = image.getColorModel();
        }
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int colours = model.getNumColorComponents();
        int width = raster.getWidth();
        int[] argb = new int[width * raster.getHeight()];
        int[] row = new int[width * bands];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int at = x * bands;
                int red = eight(row[at], model.getComponentSize(0));
                int green = colours == 1 ? red : eight(row[at + 1], model.getComponentSize(1));
                int blue = colours == 1 ? red : eight(row[at + 2], model.getComponentSize(2));
                int alpha = model.hasAlpha() ? eight(row[at + colours], model.getComponentSize(colours)) : 255;
                argb[y * width + x] = alpha << 24 | red << 16 | green << 8 | blue;
            }
        }
        return new Picture(width, raster.getHeight(), argb);
    }

    /** Sixteen bits keep their high byte, as Pillow does it; fewer than eight are spread over 0–255. */
    private static int eight(int sample, int bits) {
        if (bits == 8) {
            return sample;
        }
        return bits > 8 ? sample >>> (bits - 8) : sample * 255 / ((1 << bits) - 1);
    }

    /** Everything else (CMYK, YCCK) by Java's colour management. */
    private static Picture converted(BufferedImage image) {
        BufferedImage rgb = new BufferedImage(
                image.getWidth(),
                image.getHeight(),
                image.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        new ColorConvertOp(null).filter(image, rgb);
        int[] argb = rgb.getRGB(0, 0, rgb.getWidth(), rgb.getHeight(), null, 0, rgb.getWidth());
        return new Picture(rgb.getWidth(), rgb.getHeight(), argb);
    }
}
