package gesso.image.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.ControlMode;
import gesso.request.ControlUnit;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.Preprocessing;
import gesso.request.ResizeMode;
import gesso.request.Size;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlTextTest {
    private static final Picture DOT = new Picture(1, 1, new int[] {-1});
    private static final Path CANNY = Path.of("ControlNet", "canny.pth");
    private static final GenerationRequest PLAIN =
            GenerationRequest.of("", Path.of("model.safetensors"), new Size(512, 512));
    private static final ModelFinder MODELS = new ModelFinder() {
        @Override
        public Optional<Path> checkpoint(String name, String hash) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> vae(String name, String hash) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> controlNet(String name) {
            return name.equals("canny") ? Optional.of(CANNY) : Optional.empty();
        }
    };

    /** As the extension's ControlNetUnit.serialize writes its defaults for canny. */
    @Test
    void isWhatTheExtensionWrites() {
        assertEquals(
                "Module: canny, Model: canny [d14c016b], Weight: 1.0, Resize Mode: Crop and Resize, Processor Res: 512, Threshold A: 100.0, Threshold B: 200.0, Guidance Start: 0.0, Guidance End: 1.0, Pixel Perfect: False, Control Mode: Balanced",
                ControlText.write(
                        ControlUnit.of(CANNY, DOT).withPreprocessing(Preprocessing.of("canny")), "canny", "d14c016b"));
    }

    @Test
    void whatIsWrittenIsReadForTheUnitThatIsThere() {
        ControlUnit unit = ControlUnit.of(CANNY, DOT)
                .withPreprocessing(new Preprocessing("canny", 768, 50.0, 120.0, true))
                .withWeight(0.65)
                .withRange(0.1, 0.8)
                .withResizeMode(ResizeMode.RESIZE_AND_FILL)
                .withMode(ControlMode.CONTROL);
        Infotext text = text(Map.of("ControlNet 0", ControlText.write(unit, "canny", "d14c016b")));
        GenerationRequest now = PLAIN.edit(e -> e.controls(List.of(ControlUnit.of(Path.of("other.pth"), DOT))));
        InfotextReader.Reading reading = InfotextReader.apply(text, now, MODELS);
        assertEquals(List.of(unit), reading.request().controls());
        assertTrue(reading.request().extras().isEmpty(), "nothing is left over");
    }

    @Test
    void aUnitWithoutItsPictureIsNamed() {
        ControlUnit unit = ControlUnit.of(CANNY, DOT).withPreprocessing(Preprocessing.of("canny"));
        Infotext text = text(Map.of("ControlNet 0", ControlText.write(unit, "canny", "d14c016b")));
        InfotextReader.Reading reading = InfotextReader.apply(text, PLAIN, MODELS);
        assertEquals(List.of(), reading.request().controls());
        assertTrue(reading.notes().get(0).contains("canny"), reading.notes().toString());
    }

    @Test
    void nonsenseBecomesANote() {
        GenerationRequest now = PLAIN.edit(e -> e.controls(List.of(ControlUnit.of(CANNY, DOT))));
        for (String bad : new String[] {"Weight: many", "Weight: 9.0", "Resize Mode: sideways", "Guidance Start: 2"}) {
            InfotextReader.Reading reading = InfotextReader.apply(text(Map.of("ControlNet 0", bad)), now, MODELS);
            assertEquals(now.controls(), reading.request().controls(), bad);
            assertEquals(1, reading.notes().size(), bad + reading.notes());
        }
    }

    private static Infotext text(Map<String, String> settings) {
        return new Infotext("", "", settings);
    }
}
