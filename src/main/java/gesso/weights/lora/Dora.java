package gesso.weights.lora;

import java.util.Optional;

/**
 * DoRA (Liu et al. 2024) around another change: the changed weight is brought to learned lengths, those of its rows (outputs) or,
 * in LyCORIS' first form, those of its columns (inputs). At other strengths the whole difference counts by the strength, as in
 * A1111 and ComfyUI.
 */
final class Dora implements Change {
    private final LayerTensors tensors;
    private final String part;
    private final Change inner;

    Dora(LayerTensors tensors, String part, Change inner) {
        this.tensors = tensors;
        this.part = part;
        this.inner = inner;
    }

    @Override
    public Optional<String> misfit(int rows, int columns) {
        long lengths = tensors.elements(part);
        boolean fits = lengths > 0 && (perOutput(rows) ? lengths == rows : columns % lengths == 0);
        return fits
                ? inner.misfit(rows, columns)
                : Optional.of("has %d lengths for %d × %d numbers".formatted(lengths, rows, columns));
    }

    /** peft's are always those of outputs; else the dimension that is not 1 tells. */
    private boolean perOutput(int rows) {
        return part.equals("magnitude") || tensors.dim(part, 0) == rows;
    }

    @Override
    public Rows on(Matrix weight, int rank) {
        Rows rows = inner.on(weight, rank);
        float[] lengths = tensors.read(part);
        if (perOutput(weight.rows())) {
            return (index, base, delta) -> {
                rows.row(index, base, delta);
                double sum = 0;
                for (int j = 0; j < delta.length; j++) {
                    delta[j] += base[j];
                    sum += (double) delta[j] * delta[j];
                }
                float by = (float) (lengths[index] / Math.sqrt(sum));
                for (int j = 0; j < delta.length; j++) {
                    delta[j] = delta[j] * by - base[j];
                }
            };
        }
        return byInput(weight, rows, lengths);
    }

    private static Rows byInput(Matrix weight, Rows rows, float[] lengths) {
        int places = weight.columns() / lengths.length;
        double[] sums = new double[lengths.length];
        float[] merged = new float[weight.rows() * weight.columns()];
        float[] base = new float[weight.columns()];
        float[] delta = new float[weight.columns()];
        for (int i = 0; i < weight.rows(); i++) {
            weight.get(i, base);
            rows.row(i, base, delta);
            for (int j = 0; j < delta.length; j++) {
                float value = base[j] + delta[j];
                sums[j / places] += (double) value * value;
                merged[i * delta.length + j] = value;
            }
        }
        float[] by = new float[lengths.length];
        for (int c = 0; c < by.length; c++) {
            by[c] = (float) (lengths[c] / Math.sqrt(sums[c]));
        }
        return (index, before, out) -> {
            for (int j = 0; j < out.length; j++) {
                out[j] = merged[index * out.length + j] * by[j / places] - before[j];
            }
        };
    }
}
