package gesso.image;

import static gesso.image.PictureFilesTest.largestDifference;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.Rework;
import gesso.request.Size;
import gesso.tensor.FloatTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every step of image-to-image against the libraries that A1111 calls, in its order (goldens/image/make_rework.py). */
class InpaintPlanGoldenTest {
    private static final Goldens GOLDENS = Goldens.of("rework");

    static Stream<String> cases() {
        return GOLDENS.text("cases.csv").lines();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyStepIsA1111s(String line) {
        String[] c = line.split(";", -1);
        Size output = Size.parse(c[3]);
        InpaintPlan plan = InpaintPlan.of(rework(c), output);
        assertNull(plan.note());
        Region region = plan.region();
        if (c[7].equals("masked")) {
            assertNotNull(region);
            assertEquals(
                    String.join(",", c[12], c[13], c[14], c[15]),
                    "%d,%d,%d,%d".formatted(region.x(), region.y(), region.right(), region.bottom()));
        } else {
            assertNull(region);
        }
        assertSamePicture(c[0] + "-init", plan.init());
        FloatTensor latent = plan.latentMask();
        assertNotNull(latent);
        assertArrayEquals(new int[] {1, 1, output.height() / 8, output.width() / 8}, latent.shape());
        assertMask(GOLDENS.mask(c[0] + "-latent"), latent);
        Mask hidden = GOLDENS.mask(c[0] + "-hidden");
        FloatTensor conditioning = plan.conditioningMask();
        assertArrayEquals(latent.shape(), conditioning.shape());
        for (int i = 0; i < conditioning.size(); i++) {
            int width = conditioning.dim(3);
            assertEquals(hidden.at(i % width * 8, i / width * 8), conditioning.data()[i] * 255, "cell " + i);
        }
        assertEquals(Long.parseLong(c[16]), crc(plan.conditioningPicture(Double.parseDouble(c[10]))), "conditioning");
        assertSamePicture(c[0] + "-final", plan.finish(GOLDENS.picture(c[0] + "-generated")));
    }

    private static Rework rework(String[] c) {
        Inpaint inpaint = new Inpaint(
                GOLDENS.picture("mask-" + c[2]),
                Integer.parseInt(c[5]),
                c[6].equals("True") ? MaskMode.NOT_MASKED : MaskMode.MASKED,
                MaskedContent.parse(c[9]),
                c[7].equals("masked") ? InpaintArea.ONLY_MASKED : InpaintArea.WHOLE_PICTURE,
                Integer.parseInt(c[8]),
                null);
        return new Rework(
                GOLDENS.picture(c[1]), ReworkOperationsTest.mode(c[4]), 0.5, false, c[11].equals("True"), inpaint);
    }

    private static void assertSamePicture(String golden, Picture actual) {
        assertEquals(0, largestDifference(GOLDENS.picture(golden), actual), golden);
    }

    private static void assertMask(Mask golden, FloatTensor actual) {
        for (int i = 0; i < actual.size(); i++) {
            assertEquals(golden.at(i), actual.data()[i] * 255, "cell " + i);
        }
    }

    private static long crc(FloatTensor x) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * x.size()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(x.data());
        CRC32 crc = new CRC32();
        crc.update(bytes.array());
        return crc.getValue();
    }
}
