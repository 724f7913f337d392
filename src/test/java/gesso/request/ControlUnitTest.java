package gesso.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ControlUnitTest {
    private static final Picture DOT = new Picture(1, 1, new int[] {-1});
    private static final ControlUnit UNIT = ControlUnit.of(Path.of("canny.safetensors"), DOT);
    private static final GenerationRequest PLAIN =
            GenerationRequest.of("", Path.of("model.safetensors"), new Size(512, 512));

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        refused("control-weight", () -> UNIT.withWeight(2.01));
        refused("control-weight", () -> UNIT.withWeight(Double.NaN));
        refused("control-start", () -> UNIT.withRange(-0.1, 1));
        refused("control-end", () -> UNIT.withRange(0, 1.5));
        refused("control-end", () -> UNIT.withRange(0.5, 0.25));
        refused("control-resize", () -> UNIT.withResizeMode(ResizeMode.LATENT_UPSCALE));
        refused("control-resolution", () -> new Preprocessing("canny", 63, null, null, false));
        refused("control-threshold", () -> new Preprocessing("canny", 512, Double.NaN, null, false));
        refused("control-mode", () -> ControlMode.parse("strict"));
    }

    @Test
    void aUnitWithoutAPictureFollowsTheOneThatIsReworked() {
        ControlUnit without = ControlUnit.of(UNIT.model(), null);
        refused("control", () -> PLAIN.edit(e -> e.controls(List.of(UNIT, without))));
        Rework rework = new Rework(DOT, ResizeMode.JUST_RESIZE, 0.5, false, false, null);
        assertEquals(
                List.of(without),
                PLAIN.edit(e -> e.rework(rework).controls(List.of(without))).controls());
    }

    @Test
    void whatIsNotChangedStays() {
        ControlUnit all = UNIT.withPreprocessing(Preprocessing.of("canny"))
                .withWeight(0.5)
                .withRange(0.25, 0.75)
                .withResizeMode(ResizeMode.RESIZE_AND_FILL)
                .withMode(ControlMode.CONTROL)
                .withMask(DOT)
                .withWeightMap(DOT);
        assertEquals(
                new ControlUnit(
                        UNIT.model(),
                        DOT,
                        Preprocessing.of("canny"),
                        0.5,
                        0.25,
                        0.75,
                        ResizeMode.RESIZE_AND_FILL,
                        ControlMode.CONTROL,
                        DOT,
                        DOT),
                all);
        Rework rework = new Rework(DOT, ResizeMode.JUST_RESIZE, 0.5, false, false, null).withStrengthMap(DOT);
        assertEquals(DOT, rework.withDenoisingStrength(1).strengthMap());
    }

    private static void refused(String field, Executable made) {
        assertEquals(field, assertThrows(InvalidRequest.class, made).field());
    }
}
