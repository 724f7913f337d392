package gesso.weights.lora;

import java.nio.FloatBuffer;

/** Rows of a tensor in memory: a convolution's kernels are its columns, input channel by input channel. */
record Matrix(FloatBuffer values, int firstRow, int rows, int columns) {
    void get(int row, float[] out) {
        values.get((firstRow + row) * columns, out, 0, columns);
    }

    void put(int row, float[] in) {
        values.put((firstRow + row) * columns, in, 0, columns);
    }

    float[] toArray() {
        float[] all = new float[rows * columns];
        values.get(firstRow * columns, all);
        return all;
    }

    /** Some rows of any tensor of such a shape. */
    record Part(int firstRow, int rows, int columns) {
        Matrix of(FloatBuffer values) {
            return new Matrix(values, firstRow, rows, columns);
        }

        /**
         * The whole of a shape, or a third of its rows.
         *
         * @param third from 0; −1: all of it
         */
        static Part of(long[] shape, int third) {
            int rows = shape.length == 0 ? 1 : (int) shape[0];
            long columns = 1;
            for (int i = 1; i < shape.length; i++) {
                columns *= shape[i];
            }
            return third < 0 ? new Part(0, rows, (int) columns) : new Part(third * (rows / 3), rows / 3, (int) columns);
        }
    }
}
