package gesso.weights.lora;

/**
 * Where a checkpoint keeps one layer.
 *
 * @param text whether it is a text encoder's, else the UNet's
 * @param block where it stands in the UNet, for block weights: {@code IN04}, {@code M00}, {@code OUT11}; {@code BASE} in a text
 *     encoder; empty outside of the UNet's blocks
 * @param weight the tensor's name
 * @param bias the name that its bias has, or would have
 * @param third which third of a fused tensor of queries, keys and values it is, from 0; −1: the tensor is the layer's own
 */
record Layer(boolean text, String block, String weight, String bias, int third) {
    static Layer ofUnet(String block, String layer) {
        return new Layer(false, block, layer + ".weight", layer + ".bias", -1);
    }

    static Layer ofText(String layer) {
        return new Layer(true, "BASE", layer + ".weight", layer + ".bias", -1);
    }

    static Layer ofFused(String weight, String bias, int third) {
        return new Layer(true, "BASE", weight, bias, third);
    }
}
