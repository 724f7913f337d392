package gesso.request.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.InvalidRequest;
import gesso.request.Refiner;
import gesso.request.Sampler;
import gesso.request.Size;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlotTest {
    private static final GenerationRequest BASE =
            GenerationRequest.of("a red fox, red sky", Path.of("m.safetensors"), new Size(64, 64));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1-5|1 2 3 4 5",
                "1-10 (+2)|1 3 5 7 9",
                "10-1 (-3)|10 7 4 1",
                "1-10 [5]|1 3 5 7 10",
                "1-100 [1]|1",
                "3, 1,2|3 1 2",
                "-2 - 1|-2 -1 0 1",
                "1-3, 20, 5-6|1 2 3 20 5 6",
                "5-3|''",
            })
    void wholeNumbers(String text, String values) {
        assertEquals(split(values), PlotValues.whole(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1-5|1 2 3 4 5",
                "0-1 (+0.25)|0 0.25 0.5 0.75 1",
                "0-1 (+0.3)|0 0.3 0.6 0.9 1.2",
                "0-1 [3]|0 0.5 1",
                "7, 7.5,8.0|7 7.5 8",
                "1-2 [1]|1",
            })
    void decimalNumbers(String text, String values) {
        assertEquals(split(values), PlotValues.decimal(text));
    }

    private static List<String> split(String values) {
        return values.isEmpty() ? List.of() : Arrays.asList(values.split(" "));
    }

    @Test
    void quotesKeepACommaAndDoubledOnesAreOne() {
        assertEquals(List.of("a, b", "c", "say \"hi\""), PlotValues.items("\"a, b\", c ,\"say \"\"hi\"\"\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-2 (+0)", "1-1000000", "1-9 [5000]", "99999999999999999999", "1-"})
    void whatIsNoAxisIsASentence(String text) {
        String sentence =
                assertThrows(InvalidRequest.class, () -> PlotValues.whole(text)).sentence();
        assertTrue(sentence.endsWith("."), sentence);
    }

    @Test
    void everyCellHasItsOwnValues() {
        Plot plot = new Plot(
                BASE,
                PlotAxis.parse("Steps=10,20,30"),
                PlotAxis.parse("Sampler=Euler, DPM++ 2M"),
                PlotAxis.parse("Seed=1-2"));
        List<Plot.Cell> cells = plot.cells(Path::of);
        assertEquals(12, cells.size());
        Plot.Cell cell = cells.get(7);
        assertEquals(List.of(1, 0, 1), List.of(cell.x(), cell.y(), cell.z()));
        assertEquals(20, cell.request().sampling().steps());
        assertEquals(Sampler.EULER, cell.request().sampling().sampler());
        assertEquals(2, cell.request().seeds().seed());
    }

    @Test
    void searchAndReplaceTakesTheFirstValueAsWhatToFind() {
        Plot plot = new Plot(BASE, PlotAxis.parse("Prompt S/R=red, blue"), null, null);
        assertEquals(
                List.of("a red fox, red sky", "a blue fox, blue sky"),
                plot.cells(Path::of).stream().map(c -> c.request().prompt()).toList());
        Plot missing = new Plot(BASE, PlotAxis.parse("Prompt S/R=green, blue"), null, null);
        assertThrows(InvalidRequest.class, () -> missing.cells(Path::of));
    }

    @Test
    void cellsOfOneCheckpointRunTogether() {
        Plot plot = new Plot(BASE, PlotAxis.parse("Checkpoint name=a,b"), PlotAxis.parse("Steps=1-3"), null);
        assertEquals(
                "aaabbb",
                plot.cells(Path::of).stream()
                        .map(c -> c.request().model().toString())
                        .reduce("", String::concat));
    }

    @ParameterizedTest
    @EnumSource
    void everyParameterReachesTheRequest(PlotParameter parameter) {
        String value =
                switch (parameter) {
                    case PROMPT_SR -> "red,green";
                    case SAMPLER -> "Heun";
                    case SCHEDULE -> "Beta";
                    case CHECKPOINT -> "other";
                    case EMPHASIS -> "Ignore";
                    case HIRES_UPSCALER -> "Lanczos";
                    case RNG -> "CPU";
                    case SIZE -> "128x64";
                    case VARIATION_STRENGTH, DENOISING, MASK_WEIGHT, REFINER_SWITCH, ETA, CFG_RESCALE, SIGMA_NOISE ->
                        "0.25";
                    default -> "3";
                };
        Plot plot = new Plot(
                BASE.edit(e -> e.hires(Hires.DEFAULT).refiner(new Refiner(BASE.model(), 0.8))),
                new PlotAxis(parameter, PlotValues.items(value)),
                null,
                null);
        List<Plot.Cell> cells = plot.cells(Path::of);
        GenerationRequest last = cells.get(cells.size() - 1).request();
        assertTrue(!last.equals(plot.base()), parameter + " changes nothing");
    }

    @Test
    void aPlotOutOfRangeIsRefusedBeforeItRuns() {
        Plot plot = new Plot(BASE, PlotAxis.parse("CFG Scale=7,31"), null, null);
        assertThrows(InvalidRequest.class, () -> plot.cells(Path::of));
        assertThrows(
                InvalidRequest.class,
                () -> new Plot(BASE, PlotAxis.parse("Seed=1-1000"), PlotAxis.parse("Steps=1-11"), null));
        assertThrows(InvalidRequest.class, () -> new Plot(BASE.withBatch(2, 1), PlotAxis.parse("Seed=1"), null, null));
        assertThrows(InvalidRequest.class, () -> PlotAxis.parse("Nonsense=1"));
        assertThrows(InvalidRequest.class, () -> PlotAxis.parse("Steps"));
    }
}
