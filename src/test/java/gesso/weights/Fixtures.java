package gesso.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The files that the tests of weights read, and small ones made on the spot. */
final class Fixtures {
    private Fixtures() {}

    /** A file of src/test/resources/weights. */
    static Path path(String name) {
        URL url = Objects.requireNonNull(Fixtures.class.getResource("/weights/" + name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Little-endian float32 in gzip. */
    static float[] floats(String name) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path(name)))) {
            byte[] bytes = in.readAllBytes();
            float[] floats = new float[bytes.length / 4];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(floats);
            return floats;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path starter(String name) {
        return Path.of(System.getProperty("gesso.assets", "assets"), "models", name);
    }

    static float[] read(WeightFile file, Weight weight) {
        FloatBuffer out = FloatBuffer.allocate((int) weight.elements());
        file.read(weight, out);
        return out.array();
    }

    /** A safetensors file with that header and {@code data} bytes of 0, 1, 2 … behind it. */
    static byte[] safetensors(String header, int data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (int i = 0; i < data; i++) {
            bytes.put((byte) i);
        }
        return bytes.array();
    }

    static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
