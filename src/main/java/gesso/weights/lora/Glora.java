package gesso.weights.lora;

import java.util.Arrays;
import java.util.Optional;

/**
 * GLoRA (Chavan et al. 2023): ΔW = alpha/rank · (W·A + B), both low-rank products. Older files name the factors of each product
 * the other way round; their shapes tell.
 */
final class Glora implements Change {
    private final LayerTensors tensors;
    private final String tallA;
    private final String wideA;
    private final String tallB;
    private final String wideB;
    private final int rank;

    Glora(LayerTensors tensors) {
        this.tensors = tensors;
        // A is [inputs, rank]·[rank, inputs]: the factor whose second dimension is the rank comes first.
        boolean older = tensors.dim("a2", 0) == tensors.dim("a1", 1) && tensors.dim("a2", 0) > tensors.dim("a2", 1);
        tallA = older ? "a2" : "a1";
        wideA = older ? "a1" : "a2";
        tallB = older ? "b2" : "b1";
        wideB = older ? "b1" : "b2";
        rank = tensors.dim(wideA, 0);
        boolean fit = rank > 0
                && tensors.elements(tallA) == (long) tensors.dim(tallA, 0) * rank
                && tensors.elements(tallB) == (long) tensors.dim(tallB, 0) * tensors.dim(wideB, 0)
                && tensors.elements(wideA) == (long) rank * tensors.dim(tallA, 0);
        if (!fit) {
            throw tensors.broken("the parts of its layer " + tensors.layer() + " do not fit together");
        }
    }

    @Override
    public Optional<String> misfit(int rows, int columns) {
        long own = tensors.elements(wideB) / tensors.dim(wideB, 0);
        Optional<String> misfit = Sizes.misfit(tensors.dim(tallB, 0), own, rows, columns);
        boolean inputs = columns % tensors.dim(tallA, 0) == 0;
        return misfit.isEmpty() && !inputs
                ? Optional.of("mixes %d inputs, the model has %d".formatted(tensors.dim(tallA, 0), columns))
                : misfit;
    }

    @Override
    public Rows on(Matrix weight, int ranks) {
        Product b = new Product(tensors.read(tallB), tensors.read(wideB), tensors.dim(wideB, 0));
        float[] tall = tensors.read(tallA);
        float[] wide = tensors.read(wideA);
        int inputs = tensors.dim(tallA, 0);
        int places = weight.columns() / inputs;
        float scale = tensors.scale(rank);
        float[] mixed = new float[rank * places];
        return (index, base, delta) -> {
            b.row(index, b.rank(), delta);
            Arrays.fill(mixed, 0);
            for (int i = 0; i < inputs; i++) {
                for (int r = 0; r < rank; r++) {
                    for (int p = 0; p < places; p++) {
                        mixed[r * places + p] += base[i * places + p] * tall[i * rank + r];
                    }
                }
            }
            for (int r = 0; r < rank; r++) {
                for (int i = 0; i < inputs; i++) {
                    for (int p = 0; p < places; p++) {
                        delta[i * places + p] += mixed[r * places + p] * wide[r * inputs + i];
                    }
                }
            }
            Sizes.scale(delta, scale);
        };
    }
}
