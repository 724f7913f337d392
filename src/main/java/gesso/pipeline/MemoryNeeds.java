package gesso.pipeline;

import gesso.request.Size;
import gesso.runtime.Device;
import gesso.weights.DType;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a picture takes of memory, in bytes: each network's weights, and what it needs besides while it runs.
 *
 * <p>What a network needs besides grows with the picture's area and with the width of its first layer. Measured on a CPU with
 * ONNX Runtime 1.29: SD1.5's UNet (320 channels) 0.28 GB at 512×512; of the VAE, {@link VaeMemory} says it.
 *
 * @param text the text encoders' weights
 * @param unet the UNet's weights
 * @param vae the VAE's weights
 * @param unetWork what the UNet needs besides
 * @param vaeWork what the VAE needs besides to see the whole picture
 * @param tileWork what it needs besides for a tile
 */
record MemoryNeeds(long text, long unet, long vae, long unetWork, long vaeWork, long tileWork) {
    private static final double UNET_BYTES = 0.28e9 / (64 * 64) / 320; // a latent pixel and channel
    private static final long TILE = 512 * 512; // pixels

    /**
     * Of a picture.
     *
     * @param size the largest that the networks see
     * @return empty where the networks are files that say nothing of their sizes
     */
    static Optional<MemoryNeeds> of(Checkpoint checkpoint, Device device, Size size) {
        Map<String, Weight> weights = checkpoint.file().weights();
        Weight first = weights.get("model.diffusion_model.input_blocks.0.0.weight");
        if (first == null || first.shape().length == 0) {
            return Optional.empty();
        }
        long pixels = (long) size.width() * size.height();
        boolean ownFile = checkpoint.vae() == checkpoint.file();
        return Optional.of(new MemoryNeeds(
                bytes(checkpoint.file(), device, MemoryNeeds::isText),
                bytes(checkpoint.file(), device, name -> name.startsWith("model.diffusion_model.")),
                bytes(checkpoint.vae(), device, name -> !ownFile || name.startsWith("first_stage_model.")),
                (long) (UNET_BYTES * first.shape()[0] * pixels / 64),
                VaeMemory.bytes(checkpoint.vae(), pixels),
                VaeMemory.bytes(checkpoint.vae(), Math.min(pixels, TILE))));
    }

    private static boolean isText(String name) {
        return name.startsWith("cond_stage_model.") || name.startsWith("conditioner.");
    }

    /** On the CPU, single-precision weights stay in their file; others are converted to it. */
    private static long bytes(WeightFile file, Device device, Predicate<String> of) {
        return file.weights().values().stream()
                .filter(w -> of.test(w.name()))
                .filter(w -> device != Device.CPU || w.type() != DType.F32)
                .mapToLong(w -> 4 * w.elements())
                .sum();
    }

    /** All networks in memory at once. */
    long together(boolean tiled) {
        return text + unet + vae + Math.max(unetWork, vaeWork(tiled));
    }

    /** Each network let go before the next is loaded. */
    long inTurn(boolean tiled) {
        return Math.max(text, Math.max(unet + unetWork, vae + vaeWork(tiled)));
    }

    private long vaeWork(boolean tiled) {
        return tiled ? tileWork : vaeWork;
    }
}
