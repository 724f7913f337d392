package gesso.weights.lora;

import java.util.Optional;

/**
 * LoRA (Hu et al. 2021): ΔW = alpha/rank · up·down; for a convolution with {@code mid} in Tucker's form (LoCon). {@code down} is
 * [rank, inputs, kernel…], {@code up} [outputs, rank].
 */
final class LowRank implements Change {
    private final LayerTensors tensors;
    private final int rows;
    private final int columns;
    private final int rank;

    LowRank(LayerTensors tensors) {
        this.tensors = tensors;
        rank = tensors.dim("down", 0);
        rows = tensors.dim("up", 0);
        boolean core = tensors.has("mid");
        int upRank = core ? tensors.dim("mid", 0) : rank;
        boolean fits = rank > 0 && rows > 0 && tensors.elements("up") == (long) rows * upRank;
        if (!fits || (core && tensors.dim("mid", 1) != rank)) {
            throw tensors.broken("the parts of its layer " + tensors.layer() + " do not fit together");
        }
        int places = core ? tensors.dim("mid", 2) * tensors.dim("mid", 3) : 1;
        columns = (int) (tensors.elements("down") / rank * places);
    }

    @Override
    public Optional<String> misfit(int outputs, int inputs) {
        return Sizes.misfit(rows, columns, outputs, inputs);
    }

    @Override
    public Rows on(Matrix weight, int ranks) {
        Product product = product();
        float scale = tensors.scale(rank);
        // A1111's dyn counts the ranks of a plain product alone.
        int counted = ranks > 0 && !tensors.has("mid") ? Math.min(ranks, product.rank()) : product.rank();
        return (index, base, delta) -> {
            product.row(index, counted, delta);
            Sizes.scale(delta, scale);
        };
    }

    private Product product() {
        if (!tensors.has("mid")) {
            return new Product(tensors.read("up"), tensors.read("down"), rank);
        }
        return Product.tucker(
                tensors.read("up"), tensors.read("mid"), tensors.read("down"), tensors.dim("mid", 0), rank);
    }
}
