package gesso.image;

import gesso.request.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Golden files of one folder below {@code resources/image}. */
record Goldens(Path folder) {
    static Goldens of(String name) {
        return new Goldens(Path.of("src/test/resources/image").resolve(name));
    }

    Picture picture(String name) {
        return PictureFiles.read(folder.resolve(name + ".png"));
    }

    Mask mask(String name) {
        return Mask.brightness(picture(name));
    }

    String text(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Little-endian single precision. */
    FloatBuffer floats(String name) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name)))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static float[] next(FloatBuffer golden, int count) {
        float[] values = new float[count];
        golden.get(values);
        return values;
    }
}
