package gesso.ui.common;

import gesso.image.Pixels;
import gesso.image.Resampling;
import gesso.request.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.jspecify.annotations.Nullable;

/** A picture on the screen whose pixels are replaced in place, without a copy by JavaFX. */
public final class PictureImage {
    private @Nullable PixelBuffer<IntBuffer> buffer;
    private @Nullable Image image;

    /** The image of these pixels: the same object as long as the size stays. On the FX thread once it is shown. */
    public Image show(Picture picture) {
        PixelBuffer<IntBuffer> pixels = buffer;
        Image shown = image;
        if (pixels == null
                || shown == null
                || pixels.getWidth() != picture.width()
                || pixels.getHeight() != picture.height()) {
            pixels = new PixelBuffer<>(
                    picture.width(), picture.height(), filled(picture), PixelFormat.getIntArgbPreInstance());
            buffer = pixels;
            shown = new WritableImage(pixels);
            image = shown;
            return shown;
        }
        pixels.updateBuffer(same -> {
            same.getBuffer().clear().put(premultiplied(picture)).flip();
            return null;
        });
        return shown;
    }

    /** An image of its own; on any thread. */
    public static Image image(Picture picture) {
        return new WritableImage(new PixelBuffer<>(
                picture.width(), picture.height(), filled(picture), PixelFormat.getIntArgbPreInstance()));
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

    private static IntBuffer filled(Picture picture) {
        IntBuffer pixels = ByteBuffer.allocateDirect(4 * picture.argb().length)
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
        return pixels.put(premultiplied(picture)).flip();
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
