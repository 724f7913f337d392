package gesso.weights.lora;

/**
 * How much a network counts.
 *
 * @param text in the text encoders
 * @param unet in the UNet
 * @param rank how many of its ranks count (A1111's {@code dyn}); 0: all
 * @param blocks further factors, block by block
 */
public record Strength(float text, float unet, int rank, BlockWeights blocks) {
    /** Full strength, or any other, everywhere. */
    public static Strength of(double strength) {
        return new Strength((float) strength, (float) strength, 0, BlockWeights.ONES);
    }

    float in(Layer layer) {
        return (layer.text() ? text : unet) * blocks.of(layer.block());
    }
}
