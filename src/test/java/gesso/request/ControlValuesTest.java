package gesso.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControlValuesTest {
    private static final Picture PIXEL = new Picture(1, 1, new int[] {-1});
    private static final ControlUnit SET = ControlUnit.of(Path.of("/nets/canny.fp16.safetensors"), PIXEL)
            .withPreprocessing(new Preprocessing("canny", 768, 80.0, 160.0, true))
            .withWeight(0.6)
            .withRange(0.1, 0.7)
            .withMode(ControlMode.CONTROL)
            .withResizeMode(ResizeMode.RESIZE_AND_FILL)
            .withMask(PIXEL)
            .withWeightMap(PIXEL);

    @Test
    void everyValueGoesThereAndBackAndNoPathOrPictureIsAmongThem() {
        Map<String, @Nullable Object> values = ControlValues.of(SET);
        assertEquals("canny.fp16", values.get("model"));
        assertEquals(11, values.size());
        ControlUnit plain = ControlUnit.of(SET.model(), PIXEL).withMask(PIXEL).withWeightMap(PIXEL);
        assertEquals(SET, ControlValues.apply(values, plain));
        assertEquals(SET, ControlValues.apply(Map.of(), SET));
    }

    @Test
    void aRequestsUnitsTakeTheirValuesInOrderAndNoMoreBecomeOfThem() {
        ControlUnit first = ControlUnit.of(Path.of("a.safetensors"), PIXEL);
        GenerationRequest request =
                GenerationRequest.of("x", Path.of("m"), new Size(64, 64)).edit(e -> e.controls(List.of(first, SET)));
        Map<String, Object> values =
                Map.of("controls", List.of(Map.of("weight", 0.25), Map.of("low", 5), Map.of("weight", 2)));
        List<ControlUnit> changed = RequestValues.apply(values, request).controls();
        assertEquals(
                List.of(
                        first.withWeight(0.25),
                        SET.withPreprocessing(new Preprocessing("canny", 768, 5.0, 160.0, true))),
                changed);
        assertEquals(request, RequestValues.apply(RequestValues.of(request), request));
    }

    @Test
    void whatIsWrongIsNamedEvenWhereThereIsNoUnit() {
        GenerationRequest request = GenerationRequest.of("x", Path.of("m"), new Size(64, 64));
        assertEquals("controls", fault(request, "canny"));
        assertEquals("controls", fault(request, List.of("canny")));
        assertEquals("weight", fault(request, List.of(Map.of("weight", "much"))));
        assertEquals("control-weight", fault(request, List.of(Map.of("weight", 3))));
        assertEquals("control-end", fault(request, List.of(Map.of("start", 0.5, "end", 0.1))));
        assertEquals("model", fault(request, List.of(Map.of("model", 7))));
    }

    private static String fault(GenerationRequest request, Object controls) {
        Map<String, Object> values = new HashMap<>();
        values.put("controls", controls);
        return assertThrows(InvalidRequest.class, () -> RequestValues.apply(values, request))
                .field();
    }
}
