package gesso.weights.lora;

import java.util.Optional;

/**
 * LoKr: ΔW = alpha/rank · w1 ⊗ w2, each factor whole or a product itself, the second also in Tucker's form (LyCORIS). Where both
 * are whole there is no rank, and alpha says nothing.
 */
final class Kronecker implements Change {
    private final LayerTensors tensors;
    private final int rows1;
    private final int columns1;
    private final int rows2;
    private final int columns2;

    Kronecker(LayerTensors tensors) {
        this.tensors = tensors;
        boolean whole1 = tensors.has("lokr_w1");
        rows1 = tensors.dim(whole1 ? "lokr_w1" : "lokr_w1_a", 0);
        columns1 = columns(whole1 ? "lokr_w1" : "lokr_w1_b");
        boolean core = tensors.has("lokr_t2");
        if (tensors.has("lokr_w2")) {
            rows2 = tensors.dim("lokr_w2", 0);
            columns2 = columns("lokr_w2");
        } else {
            rows2 = core ? columns("lokr_w2_a") : tensors.dim("lokr_w2_a", 0);
            int places = core ? tensors.dim("lokr_t2", 2) * tensors.dim("lokr_t2", 3) : 1;
            columns2 = columns("lokr_w2_b") * places;
        }
        if (!fitsTogether(whole1, core)) {
            throw tensors.broken("the parts of its layer " + tensors.layer() + " do not fit together");
        }
    }

    private boolean fitsTogether(boolean whole1, boolean core) {
        boolean first = whole1 || tensors.elements("lokr_w1_a") == (long) rows1 * tensors.dim("lokr_w1_b", 0);
        boolean second = tensors.has("lokr_w2")
                || (core
                        ? tensors.dim("lokr_t2", 0) == tensors.dim("lokr_w2_a", 0)
                                && tensors.dim("lokr_t2", 1) == tensors.dim("lokr_w2_b", 0)
                        : tensors.elements("lokr_w2_a") == (long) rows2 * tensors.dim("lokr_w2_b", 0));
        return first && second && rows1 > 0 && columns1 > 0 && rows2 > 0 && columns2 > 0;
    }

    private int columns(String part) {
        int rows = tensors.dim(part, 0);
        return rows == 0 ? 0 : (int) (tensors.elements(part) / rows);
    }

    @Override
    public Optional<String> misfit(int outputs, int inputs) {
        return Sizes.misfit((long) rows1 * rows2, (long) columns1 * columns2, outputs, inputs);
    }

    @Override
    public Rows on(Matrix weight, int ranks) {
        float[] first = first();
        float[] second = second();
        float scale = scale();
        return (index, base, delta) -> {
            int from1 = index / rows2 * columns1;
            int from2 = index % rows2 * columns2;
            for (int c = 0; c < columns1; c++) {
                float factor = first[from1 + c] * scale;
                int to = c * columns2;
                for (int j = 0; j < columns2; j++) {
                    delta[to + j] = factor * second[from2 + j];
                }
            }
        };
    }

    private float scale() {
        if (tensors.has("lokr_w2_b")) {
            return tensors.scale(tensors.dim("lokr_w2_b", 0));
        }
        return tensors.has("lokr_w1_b") ? tensors.scale(tensors.dim("lokr_w1_b", 0)) : 1;
    }

    private float[] first() {
        return tensors.has("lokr_w1")
                ? tensors.read("lokr_w1")
                : new Product(tensors.read("lokr_w1_a"), tensors.read("lokr_w1_b"), tensors.dim("lokr_w1_b", 0))
                        .toArray();
    }

    private float[] second() {
        if (tensors.has("lokr_w2")) {
            return tensors.read("lokr_w2");
        }
        int rank = tensors.dim("lokr_w2_b", 0);
        if (!tensors.has("lokr_t2")) {
            return new Product(tensors.read("lokr_w2_a"), tensors.read("lokr_w2_b"), rank).toArray();
        }
        int outer = tensors.dim("lokr_w2_a", 0);
        float[] up = Product.transposed(tensors.read("lokr_w2_a"), outer);
        return Product.tucker(up, tensors.read("lokr_t2"), tensors.read("lokr_w2_b"), outer, rank)
                .toArray();
    }
}
