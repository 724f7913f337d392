package gesso.sampling;

/** A small system of linear equations. */
final class LinearSystem {
    private LinearSystem() {}

    /**
     * The solution.
     *
     * @param rows n rows of n coefficients and a right-hand side; they are overwritten
     */
    static double[] solve(double[][] rows) {
        int n = rows.length;
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) {
                    pivot = row;
                }
            }
            double[] chosen = rows[pivot];
            rows[pivot] = rows[column];
            rows[column] = chosen;
            for (int row = 0; row < n; row++) {
                if (row != column) {
                    double factor = rows[row][column] / chosen[column];
                    for (int k = column; k <= n; k++) {
                        rows[row][k] -= factor * chosen[k];
                    }
                }
            }
        }
        double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            solution[i] = rows[i][n] / rows[i][i];
        }
        return solution;
    }
}
