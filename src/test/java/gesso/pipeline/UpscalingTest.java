package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.GeneratedPicture;
import gesso.request.CancelToken;
import gesso.request.Cancelled;
import gesso.request.Picture;
import gesso.request.Size;
import gesso.request.UpscaleRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A picture through a small network, as a job does it. */
class UpscalingTest {
    private static final Path MODEL = Path.of("src/test/resources/upscale/compact-x2.safetensors");

    private final Pipeline pipeline = new Pipeline(
            "cpu",
            Path.of("assets/tokenizer/clip-merges.txt.gz"),
            f -> CompletableFuture.completedFuture("0".repeat(64)),
            VectorStore.NONE,
            () -> name -> List.of(),
            name -> name.equals("small") ? MODEL : MODEL.resolveSibling(name),
            () -> NetworkLibrary.EMPTY,
            notice -> {
                throw new AssertionError(notice);
            });
    private final Heard heard = new Heard();

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void tiledEqualsUntiledAndProgressIsTold() {
        Picture whole = smooth(300, 220);
        Picture made = pipeline.upscale(new UpscaleRequest(whole, 2, "small"), new CancelToken(), heard);
        assertEquals(new Size(600, 440), made.size());
        // 300 and 220 pixels take two tiles of 192 each way.
        assertEquals(List.of("1/4", "2/4", "3/4", "4/4"), heard.progress);
        // The same pixels from a picture that fits one tile: the network sees 4 pixels around each.
        Picture corner = crop(whole, 150, 110);
        Picture small = pipeline.upscale(new UpscaleRequest(corner, 2, "small"), new CancelToken(), heard);
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 280; x++) {
                int a = made.argb()[y * 600 + x];
                int b = small.argb()[y * 300 + x];
                for (int shift = 0; shift < 24; shift += 8) {
                    assertTrue(Math.abs((a >> shift & 255) - (b >> shift & 255)) <= 1, x + "," + y);
                }
            }
        }
    }

    @Test
    void anyFactorAndTransparencyStays() {
        Picture picture = smooth(20, 10);
        int[] half = picture.argb().clone();
        java.util.Arrays.setAll(half, i -> (half[i] & 0xFFFFFF) | 0x80000000);
        Picture made =
                pipeline.upscale(new UpscaleRequest(new Picture(20, 10, half), 3.5, "small"), new CancelToken(), heard);
        assertEquals(new Size(70, 35), made.size());
        for (int p : made.argb()) {
            assertEquals(0x80, p >>> 24);
        }
    }

    /** A network that takes one size alone is given tiles of it, the last ones mirrored where the picture is smaller. */
    @ParameterizedTest
    @CsvSource({
        "fixed-half.onnx, 50, 30, 100, 60",
        "fixed-half.onnx, 9, 5, 18, 10",
        "multiple-of-4.onnx, 203, 30, 406, 60"
    })
    void anOnnxFileOfOneSizeMakesPicturesOfAnySize(String file, int width, int height, int madeWidth, int madeHeight) {
        Picture made = pipeline.upscale(new UpscaleRequest(smooth(width, height), 2, file), new CancelToken(), heard);
        assertEquals(new Size(madeWidth, madeHeight), made.size());
    }

    @Test
    void itStopsBetweenTiles() {
        CancelToken token = new CancelToken();
        heard.afterTile = token::cancel;
        UpscaleRequest request = new UpscaleRequest(smooth(300, 220), 2, "small");
        assertThrows(Cancelled.class, () -> pipeline.upscale(request, token, heard));
        assertEquals(List.of("1/4"), heard.progress);
    }

    private static Picture crop(Picture picture, int width, int height) {
        int[] out = new int[width * height];
        for (int i = 0; i < out.length; i++) {
            out[i] = picture.argb()[i / width * picture.width() + i % width];
        }
        return new Picture(width, height, out);
    }

    private static Picture smooth(int width, int height) {
        Random random = new Random(3);
        int[] pixels = new int[width * height];
        for (int i = 0; i < pixels.length; i++) {
            int grey = (i % width + i / width) * 255 / (width + height) / 2 + random.nextInt(64);
            pixels[i] = 0xFF000000 | grey << 16 | (255 - grey) << 8 | grey / 2;
        }
        return new Picture(width, height, pixels);
    }

    private static final class Heard implements Engine.Listener {
        final List<String> progress = new ArrayList<>();
        Runnable afterTile = () -> {};

        @Override
        public void loading(String network) {}

        @Override
        public void step(Engine.Step step) {}

        @Override
        public void progress(String task, int done, int total) {
            progress.add(done + "/" + total);
            afterTile.run();
        }

        @Override
        public void decoding(int picture) {}

        @Override
        public void picture(GeneratedPicture picture) {}

        @Override
        public void notice(String sentence) {}
    }
}
