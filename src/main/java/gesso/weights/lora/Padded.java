package gesso.weights.lora;

import java.util.Arrays;
import java.util.Optional;

/** A change of a UNet's first convolution, made for 4 channels, on a model that has more of them (inpainting): those stay. */
record Padded(Change inner, int columns) implements Change {
    @Override
    public Optional<String> misfit(int outputs, int inputs) {
        return inputs < columns ? Optional.of("has too many inputs") : inner.misfit(outputs, columns);
    }

    @Override
    public Rows on(Matrix weight, int rank) {
        float[] narrow = new float[columns];
        // What this tensor has of its own is of the latent's channels alone.
        Rows rows = inner.on(weight, rank);
        return (index, base, delta) -> {
            rows.row(index, base, narrow);
            Arrays.fill(delta, 0);
            System.arraycopy(narrow, 0, delta, 0, columns);
        };
    }
}
