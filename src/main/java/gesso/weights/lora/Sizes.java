package gesso.weights.lora;

import java.util.Optional;

/** What all changes ask about sizes, and the one sum they share. */
final class Sizes {
    private Sizes() {}

    static Optional<String> misfit(long rows, long columns, int wantedRows, int wantedColumns) {
        return rows == wantedRows && columns == wantedColumns
                ? Optional.empty()
                : Optional.of("changes %d × %d numbers, the model has %d × %d"
                        .formatted(rows, columns, wantedRows, wantedColumns));
    }

    static void scale(float[] row, float by) {
        if (by != 1) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= by;
            }
        }
    }
}
