package gesso.weights.lora;

import java.util.Optional;

/** (IA)³ (Liu et al. 2022): each output's row, or each input's columns, grow by a learned share of themselves. */
record Scaling(LayerTensors tensors) implements Change {
    private boolean onInput() {
        return tensors.number("on_input", 0) != 0;
    }

    @Override
    public Optional<String> misfit(int rows, int columns) {
        long own = tensors.elements("weight");
        boolean fits = own > 0 && (onInput() ? columns % own == 0 : own == rows);
        return fits
                ? Optional.empty()
                : Optional.of("scales %d %s, the model has %d × %d numbers"
                        .formatted(own, onInput() ? "inputs" : "outputs", rows, columns));
    }

    @Override
    public Rows on(Matrix weight, int rank) {
        float[] shares = tensors.read("weight");
        boolean input = onInput();
        int places = weight.columns() / shares.length;
        return (index, base, delta) -> {
            for (int j = 0; j < delta.length; j++) {
                delta[j] = base[j] * (input ? shares[j / places] : shares[index]);
            }
        };
    }
}
