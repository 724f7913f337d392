package gesso.weights.lora;

import java.util.Optional;

/** What a network does to one layer's weight. Immutable; tensors are read when they are needed. */
interface Change {
    /**
     * Why it cannot be done to a weight of this size, in words that follow "it": "changes 320 rows"; empty where it can.
     *
     * @param rows outputs
     * @param columns inputs times the kernel's places
     */
    Optional<String> misfit(int rows, int columns);

    /**
     * Gets ready to change a weight.
     *
     * @param weight as it is before; unchanged by this
     * @param rank how many of a low-rank product's ranks count; 0: all
     */
    Rows on(Matrix weight, int rank);

    /** The change, row by row, at full strength. */
    @FunctionalInterface
    interface Rows {
        /**
         * One row of ΔW.
         *
         * @param base this row of the weight, before the change
         * @param delta where the row goes; whatever stands there is replaced
         */
        void row(int index, float[] base, float[] delta);
    }

    /** Changes a weight in place: W + strength·ΔW. */
    default void apply(Matrix weight, float strength, int rank) {
        Rows rows = on(weight, rank);
        float[] base = new float[weight.columns()];
        float[] delta = new float[weight.columns()];
        for (int i = 0; i < weight.rows(); i++) {
            weight.get(i, base);
            rows.row(i, base, delta);
            for (int j = 0; j < base.length; j++) {
                base[j] += strength * delta[j];
            }
            weight.put(i, base);
        }
    }
}
