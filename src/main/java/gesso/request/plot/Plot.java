package gesso.request.plot;

import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An X/Y/Z plot: one request, and up to three parameters that change from cell to cell. Every cell is a request of its own.
 *
 * @param x across
 * @param y down; null: one row
 * @param z grid after grid; null: one grid
 */
public record Plot(
        GenerationRequest base,
        PlotAxis x,
        @Nullable PlotAxis y,
        @Nullable PlotAxis z) {
    private static final int MOST_CELLS = 10_000;

    /** A place in the plot and what is made there. */
    public record Cell(int x, int y, int z, GenerationRequest request) {}

    public Plot {
        if ((long) x.values().size() * count(y) * count(z) > MOST_CELLS) {
            throw new InvalidRequest("plot", "The plot has more than %d cells; shorten an axis.".formatted(MOST_CELLS));
        }
        if (base.pictures() != 1) {
            throw new InvalidRequest("plot", "A plot makes one picture a cell; set batch size and count to 1.");
        }
    }

    private static int count(@Nullable PlotAxis axis) {
        return axis == null ? 1 : axis.values().size();
    }

    public int columns() {
        return x.values().size();
    }

    public int rows() {
        return count(y);
    }

    public int grids() {
        return count(z);
    }

    /**
     * All cells, in the order that is cheapest to run: a change of checkpoint comes as seldom as it can.
     *
     * @param checkpoints finds a checkpoint's file by its name
     * @throws InvalidRequest where a cell's values are none that a request may have
     */
    public List<Cell> cells(Function<String, Path> checkpoints) {
        List<Cell> cells = new ArrayList<>();
        for (int k = 0; k < grids(); k++) {
            for (int j = 0; j < rows(); j++) {
                for (int i = 0; i < columns(); i++) {
                    GenerationRequest request = apply(base, x, i, checkpoints);
                    request = apply(request, y, j, checkpoints);
                    cells.add(new Cell(i, j, k, apply(request, z, k, checkpoints)));
                }
            }
        }
        // Stable, so that within a checkpoint the grids fill row by row.
        List<Path> models =
                cells.stream().map(c -> c.request().model()).distinct().toList();
        cells.sort(Comparator.comparingInt(c -> models.indexOf(c.request().model())));
        return cells;
    }

    private static GenerationRequest apply(
            GenerationRequest request, @Nullable PlotAxis axis, int index, Function<String, Path> checkpoints) {
        if (axis == null) {
            return request;
        }
        String value = axis.values().get(index);
        return switch (axis.parameter()) {
            case CHECKPOINT -> request.edit(e -> e.model(checkpoints.apply(value)));
            case PROMPT_SR -> searchAndReplace(request, axis.values().get(0), value);
            default -> axis.parameter().apply(request, value);
        };
    }

    private static GenerationRequest searchAndReplace(GenerationRequest request, String search, String replacement) {
        if (search.isEmpty() || !(request.prompt() + request.negativePrompt()).contains(search)) {
            throw new InvalidRequest("plot", "Prompt S/R did not find \"%s\" in the prompt.".formatted(search));
        }
        return request.edit(e -> e.prompt(request.prompt().replace(search, replacement))
                .negativePrompt(request.negativePrompt().replace(search, replacement)));
    }
}
