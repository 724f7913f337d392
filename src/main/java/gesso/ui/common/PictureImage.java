package gesso.ui.common;

import gesso.image.Pixels;
import gesso.image.Resampling;
import gesso.request.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.jspecify.annotations.Nullable;

/**
 * A picture on the screen whose pixels are replaced in place, without a copy by JavaFX. Its outermost pixels are there twice:
 * JavaFX's software renderer takes what lies beyond the edge of an enlarged image from its opposite edge.
 */
public final class PictureImage {
    private @Nullable PixelBuffer<IntBuffer> buffer;
    private @Nullable Image image;

    /** The image of these pixels: the same object as long as the size stays. On the FX thread once it is shown. */
    public Image show(Picture picture) {
        Picture edged = edged(picture);
        PixelBuffer<IntBuffer> pixels = buffer;
        Image shown = image;
        if (pixels == null
                || shown == null
                || pixels.getWidth() != edged.width()
                || pixels.getHeight() != edged.height()) {
            pixels = filled(edged);
            buffer = pixels;
            shown = new WritableImage(pixels);
            image = shown;
            return shown;
        }
        pixels.updateBuffer(same -> {
            same.getBuffer().clear().put(premultiplied(edged)).flip();
            return null;
        });
        return shown;
    }

    /** An image of its own, with the edge, to be enlarged; on any thread. */
    public static Image toEnlarge(Picture picture) {
        return new WritableImage(filled(edged(picture)));
    }

    /** The part of an image with an edge that is the picture. */
    public static Rectangle2D inside(Image edged) {
        return new Rectangle2D(1, 1, edged.getWidth() - 2, edged.getHeight() - 2);
    }

    /** The picture of an image with an edge, as an image without it. */
    public static Image withoutEdge(Image edged) {
        return new WritableImage(edged.getPixelReader(), 1, 1, (int) edged.getWidth() - 2, (int) edged.getHeight() - 2);
    }

    /** An image of its own, as it is; on any thread. */
    public static Image image(Picture picture) {
        return new WritableImage(filled(picture));
    }

    /** The pixels of an image of JavaFX's own, as one that was pasted; on any thread. */
    public static Picture picture(Image image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return new Picture(width, height, pixels);
    }

    /** A smaller copy whose longer side is {@code side}. */
    public static Picture reduced(Picture picture, int side) {
        int longer = Math.max(picture.width(), picture.height());
        if (longer <= side) {
            return picture;
        }
        int width = Math.max(1, Math.round((float) picture.width() * side / longer));
        int height = Math.max(1, Math.round((float) picture.height() * side / longer));
        return Resampling.BOX.resize(picture, width, height);
    }

    private static Picture edged(Picture picture) {
        int width = picture.width() + 2;
        int height = picture.height() + 2;
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            int from = Math.max(0, Math.min(picture.height() - 1, y - 1)) * picture.width();
            int to = y * width;
            System.arraycopy(picture.argb(), from, pixels, to + 1, picture.width());
            pixels[to] = picture.argb()[from];
            pixels[to + width - 1] = picture.argb()[from + picture.width() - 1];
        }
        return new Picture(width, height, pixels);
    }

    private static PixelBuffer<IntBuffer> filled(Picture picture) {
        IntBuffer pixels = ByteBuffer.allocateDirect(4 * picture.argb().length)
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
        pixels.put(premultiplied(picture)).flip();
        return new PixelBuffer<>(picture.width(), picture.height(), pixels, PixelFormat.getIntArgbPreInstance());
    }

    private static int[] premultiplied(Picture picture) {
        return Pixels.isOpaque(picture) ? picture.argb() : premultiplied(picture.argb());
    }

    private static int[] premultiplied(int[] pixels) {
        int[] result = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int alpha = pixels[i] >>> 24;
            int red = ((pixels[i] >> 16) & 0xff) * alpha / 255;
            int green = ((pixels[i] >> 8) & 0xff) * alpha / 255;
            int blue = (pixels[i] & 0xff) * alpha / 255;
            result[i] = (alpha << 24) | (red << 16) | (green << 8) | blue;
        }
        return result;
    }
}
