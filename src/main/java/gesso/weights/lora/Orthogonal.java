package gesso.weights.lora;

import java.util.Optional;

/**
 * OFT (Qiu et al. 2023) and BOFT (Liu et al. 2023), by LyCORIS' and A1111's rules: blocks of the outputs are turned, by the Cayley
 * transform of a skew-symmetric matrix, whose length alpha limits. {@code oft_diag} of older files holds the turns themselves.
 */
final class Orthogonal implements Change {
    private final LayerTensors tensors;
    private final boolean direct;
    private final boolean butterfly;
    private final int factors;
    private final int blocks;
    private final int size;

    Orthogonal(LayerTensors tensors) {
        this.tensors = tensors;
        direct = !tensors.has("oft_blocks");
        long[] shape = tensors.shape(direct ? "oft_diag" : "oft_blocks");
        butterfly = shape.length == 4;
        boolean square = (butterfly || shape.length == 3) && shape[shape.length - 1] == shape[shape.length - 2];
        if (!square || shape[shape.length - 1] < 1 || shape[shape.length - 3] < 1) {
            throw tensors.broken("the turns of its layer " + tensors.layer() + " are not square");
        }
        factors = butterfly ? (int) shape[0] : 1;
        blocks = (int) shape[shape.length - 3];
        size = (int) shape[shape.length - 1];
    }

    @Override
    public Optional<String> misfit(int rows, int columns) {
        boolean fits = (long) blocks * size == rows && (!butterfly || ((size / 2L) << (factors - 1)) <= rows);
        return fits
                ? Optional.empty()
                : Optional.of("turns %d × %d outputs, the model has %d".formatted(blocks, size, rows));
    }

    @Override
    public Rows on(Matrix weight, int rank) {
        int columns = weight.columns();
        float[] turned = weight.toArray();
        float[] turns = turns(weight.rows());
        for (int i = 0; i < factors; i++) {
            turned = turn(turned, turns, i, weight.rows(), columns);
        }
        if (tensors.has("rescale")) {
            float[] by = tensors.read("rescale");
            for (int i = 0; i < turned.length; i++) {
                turned[i] *= by[Math.min(by.length - 1, i / columns)];
            }
        }
        float[] all = turned;
        return (index, base, delta) -> {
            for (int j = 0; j < delta.length; j++) {
                delta[j] = all[index * columns + j] - base[j];
            }
        };
    }

    private float[] turn(float[] weight, float[] turns, int factor, int rows, int columns) {
        float[] out = new float[weight.length];
        for (int k = 0; k < blocks; k++) {
            int at = (factor * blocks + k) * size * size;
            for (int m = 0; m < size; m++) {
                int to = place(k * size + m, factor, rows) * columns;
                for (int n = 0; n < size; n++) {
                    // Plain OFT multiplies by the transposed turn, the butterfly by the turn.
                    float by = butterfly ? turns[at + m * size + n] : turns[at + n * size + m];
                    int from = place(k * size + n, factor, rows) * columns;
                    for (int j = 0; by != 0 && j < columns; j++) {
                        out[to + j] += by * weight[from + j];
                    }
                }
            }
        }
        return out;
    }

    /** Which row stands at a place of the butterfly's order: of each 2·k rows, the first and the second k by turns. */
    private int place(int index, int factor, int rows) {
        if (!butterfly) {
            return index;
        }
        int k = (size / 2) << factor;
        int group = 2 * k;
        if (group > rows) {
            return index;
        }
        int inside = index % group;
        return index - inside + inside % 2 * k + inside / 2;
    }

    private float[] turns(int rows) {
        float[] given = tensors.read(direct ? "oft_diag" : "oft_blocks");
        if (direct) {
            return given;
        }
        double[] skew = new double[given.length];
        double sum = 0;
        for (int at = 0; at < given.length; at += size * size) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    double q = (double) given[at + i * size + j] - given[at + j * size + i];
                    skew[at + i * size + j] = q;
                    sum += q * q;
                }
            }
        }
        double limit = tensors.number("alpha", 0) * (double) rows;
        if (limit != 0) {
            double norm = Math.sqrt(sum);
            double by = (Math.min(norm, limit) + 1e-8) / (norm + 1e-8);
            for (int i = 0; i < skew.length; i++) {
                skew[i] *= by;
            }
        }
        for (int at = 0; at < given.length; at += size * size) {
            cayley(skew, at, given);
        }
        return given;
    }

    /** (I + Q)·(I − Q)⁻¹, which are interchangeable; I − Q can always be inverted, Q being skew-symmetric. */
    private void cayley(double[] skew, int at, float[] out) {
        double[][] left = new double[size][2 * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double one = i == j ? 1 : 0;
                left[i][j] = one - skew[at + i * size + j];
                left[i][size + j] = one + skew[at + i * size + j];
            }
        }
        for (int c = 0; c < size; c++) {
            double[] pivot = left[c];
            double by = 1 / pivot[c];
            for (int j = c; j < 2 * size; j++) {
                pivot[j] *= by;
            }
            for (int i = 0; i < size; i++) {
                double factor = left[i][c];
                if (i != c && factor != 0) {
                    for (int j = c; j < 2 * size; j++) {
                        left[i][j] -= factor * pivot[j];
                    }
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                out[at + i * size + j] = (float) left[i][size + j];
            }
        }
    }
}
