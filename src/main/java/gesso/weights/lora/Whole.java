package gesso.weights.lora;

import java.util.Optional;

/** A change that the file holds as it is: {@code diff} of a weight, {@code diff_b} of a bias, {@code w_norm} and {@code b_norm}. */
record Whole(LayerTensors tensors, String part, float scale) implements Change {
    @Override
    public Optional<String> misfit(int rows, int columns) {
        long own = tensors.elements(part);
        return own == (long) rows * columns
                ? Optional.empty()
                : Optional.of("changes %d numbers, the model has %d".formatted(own, (long) rows * columns));
    }

    @Override
    public Rows on(Matrix weight, int rank) {
        float[] values = tensors.read(part);
        Sizes.scale(values, scale);
        return (index, base, delta) -> System.arraycopy(values, index * delta.length, delta, 0, delta.length);
    }
}
