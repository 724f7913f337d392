package gesso.weights.lora;

import org.jspecify.annotations.Nullable;

/** Which change the tensors of a layer make. */
final class Changes {
    private Changes() {}

    /** Of the layer's weight; null: it stays. */
    static @Nullable Change weight(LayerTensors tensors) {
        Change change = plain(tensors);
        if (change == null) {
            return null;
        }
        String lengths = LayerTensors.first(tensors.byPart(), "dora_scale", "magnitude");
        return lengths == null ? change : new Dora(tensors, lengths, change);
    }

    private static @Nullable Change plain(LayerTensors tensors) {
        if (tensors.has("down") && tensors.has("up")) {
            return new LowRank(tensors);
        }
        if (tensors.has("hada_w1_a")) {
            return new Hadamard(tensors);
        }
        if (tensors.has("lokr_w1") || tensors.has("lokr_w1_a")) {
            return new Kronecker(tensors);
        }
        if (tensors.has("oft_blocks") || tensors.has("oft_diag")) {
            return new Orthogonal(tensors);
        }
        if (tensors.has("a1") && tensors.has("a2")) {
            return new Glora(tensors);
        }
        if (tensors.has("on_input")) {
            return new Scaling(tensors);
        }
        String whole = LayerTensors.first(tensors.byPart(), "diff", "w_norm");
        return whole == null ? null : new Whole(tensors, whole, 1);
    }

    /** Of the layer's bias; null: it stays. */
    static @Nullable Change bias(LayerTensors tensors) {
        if (tensors.has("up.bias") && tensors.has("down")) {
            return new Whole(tensors, "up.bias", tensors.scale(Math.max(1, tensors.dim("down", 0))));
        }
        String whole = LayerTensors.first(tensors.byPart(), "diff_b", "b_norm");
        return whole == null ? null : new Whole(tensors, whole, 1);
    }
}
