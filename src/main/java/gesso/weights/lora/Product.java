package gesso.weights.lora;

import java.util.Arrays;

/**
 * A matrix as the product of a tall one and a wide one.
 *
 * @param up [rows, rank]
 * @param down [rank, columns]
 */
record Product(float[] up, float[] down, int rank) {
    int rows() {
        return up.length / rank;
    }

    int columns() {
        return down.length / rank;
    }

    /** One row of it, of which {@code ranks} summands count. */
    void row(int index, int ranks, float[] out) {
        Arrays.fill(out, 0);
        int columns = out.length;
        int from = index * rank;
        int k = 0;
        // Four summands a pass: the sum is read and written a quarter as often.
        for (; k + 3 < ranks; k += 4) {
            float a = up[from + k];
            float b = up[from + k + 1];
            float c = up[from + k + 2];
            float d = up[from + k + 3];
            int p = k * columns;
            int q = p + columns;
            int r = q + columns;
            int s = r + columns;
            for (int j = 0; j < columns; j++) {
                out[j] += a * down[p + j] + b * down[q + j] + (c * down[r + j] + d * down[s + j]);
            }
        }
        for (; k < ranks; k++) {
            float a = up[from + k];
            int p = k * columns;
            for (int j = 0; j < columns; j++) {
                out[j] += a * down[p + j];
            }
        }
    }

    float[] toArray() {
        int columns = columns();
        float[] all = new float[rows() * columns];
        float[] row = new float[columns];
        for (int i = 0; i < rows(); i++) {
            row(i, rank, row);
            System.arraycopy(row, 0, all, i * columns, columns);
        }
        return all;
    }

    /**
     * A convolution's kernel in Tucker's form: its small core between the two products, multiplied out on the input's side.
     *
     * @param up [rows, rank]
     * @param core [rank, ranksIn, places]
     * @param down [ranksIn, inputs]
     */
    static Product tucker(float[] up, float[] core, float[] down, int rank, int ranksIn) {
        int inputs = down.length / ranksIn;
        int places = core.length / (rank * ranksIn);
        float[] wide = new float[rank * inputs * places];
        for (int n = 0; n < rank; n++) {
            for (int m = 0; m < ranksIn; m++) {
                for (int j = 0; j < inputs; j++) {
                    float value = down[m * inputs + j];
                    int to = (n * inputs + j) * places;
                    int from = (n * ranksIn + m) * places;
                    for (int p = 0; p < places; p++) {
                        wide[to + p] += value * core[from + p];
                    }
                }
            }
        }
        return new Product(up, wide, rank);
    }

    static float[] transposed(float[] matrix, int rows) {
        int columns = matrix.length / rows;
        float[] out = new float[matrix.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = matrix[i * columns + j];
            }
        }
        return out;
    }
}
