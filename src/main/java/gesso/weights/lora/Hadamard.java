package gesso.weights.lora;

import java.util.Optional;

/** LoHa: ΔW = alpha/rank · (w1a·w1b) ⊙ (w2a·w2b), of convolutions also in Tucker's form (LyCORIS; Hyeon-Woo et al. 2022). */
final class Hadamard implements Change {
    private final LayerTensors tensors;
    private final Half first;
    private final Half second;
    private final int rank;

    Hadamard(LayerTensors tensors) {
        this.tensors = tensors;
        first = new Half("hada_w1_a", "hada_w1_b", "hada_t1");
        second = new Half("hada_w2_a", "hada_w2_b", "hada_t2");
        rank = tensors.dim("hada_w1_b", 0);
        boolean fit = first.isWhole(tensors) && second.isWhole(tensors);
        if (!fit || first.rows(tensors) != second.rows(tensors) || first.columns(tensors) != second.columns(tensors)) {
            throw tensors.broken("the parts of its layer " + tensors.layer() + " do not fit together");
        }
    }

    @Override
    public Optional<String> misfit(int outputs, int inputs) {
        return Sizes.misfit(first.rows(tensors), first.columns(tensors), outputs, inputs);
    }

    @Override
    public Rows on(Matrix weight, int ranks) {
        Product one = first.product(tensors);
        Product two = second.product(tensors);
        float scale = tensors.scale(rank);
        float[] other = new float[weight.columns()];
        return (index, base, delta) -> {
            one.row(index, one.rank(), delta);
            two.row(index, two.rank(), other);
            for (int j = 0; j < delta.length; j++) {
                delta[j] = delta[j] * other[j] * scale;
            }
        };
    }

    /** One of the two products; with a core, {@code a} is [rank, outputs], else [outputs, rank]. */
    private record Half(String a, String b, String core) {
        boolean isWhole(LayerTensors tensors) {
            int rank = tensors.dim(b, 0);
            if (!tensors.has(core)) {
                return rank > 0 && tensors.elements(a) == (long) tensors.dim(a, 0) * rank;
            }
            return rank > 0 && tensors.dim(a, 0) == tensors.dim(core, 0) && tensors.dim(core, 1) == rank;
        }

        long rows(LayerTensors tensors) {
            return tensors.has(core) ? tensors.elements(a) / Math.max(1, tensors.dim(a, 0)) : tensors.dim(a, 0);
        }

        long columns(LayerTensors tensors) {
            long inputs = tensors.elements(b) / Math.max(1, tensors.dim(b, 0));
            return tensors.has(core) ? inputs * tensors.dim(core, 2) * tensors.dim(core, 3) : inputs;
        }

        Product product(LayerTensors tensors) {
            int rank = tensors.dim(b, 0);
            if (!tensors.has(core)) {
                return new Product(tensors.read(a), tensors.read(b), rank);
            }
            int outer = tensors.dim(a, 0);
            float[] up = Product.transposed(tensors.read(a), outer);
            return Product.tucker(up, tensors.read(core), tensors.read(b), outer, rank);
        }
    }
}
