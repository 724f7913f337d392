package gesso.pipeline;

import gesso.image.Pixels;
import gesso.request.CancelToken;
import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.runtime.Device;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.runtime.ProcessMemory;
import gesso.runtime.VaeDecoder;
import gesso.runtime.VaeEncoder;
import gesso.tensor.FloatTensor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Between latents as the UNet sees them and pixels, with a check that they are numbers: no failure becomes a picture. */
final class Decoding {
    private final Models models;
    private final Checkpoint checkpoint;
    private final CancelToken token;
    private final Consumer<String> notice;
    private final VaeTiles tiles;

    /**
     * Nothing is loaded yet.
     *
     * @param tiled whether tiles are asked for, see {@link VaeTiles}
     * @param notice is told in a sentence where the device gives no numbers and the CPU takes its place, or memory is short
     */
    Decoding(Models models, Checkpoint checkpoint, CancelToken token, boolean tiled, Consumer<String> notice) {
        this(models, checkpoint, token, new VaeTiles(tiled, notice), notice);
    }

    private Decoding(Models models, Checkpoint checkpoint, CancelToken token, VaeTiles tiles, Consumer<String> notice) {
        this.tiles = tiles;
        this.models = models;
        this.checkpoint = checkpoint;
        this.token = token;
        this.notice = notice;
    }

    /**
     * The picture of a latent.
     *
     * @param latent [1, 4, h/8, w/8]
     * @return [1, 3, h, w], about −1..1
     * @throws GessoException where the latent or the picture holds values that are no numbers
     */
    FloatTensor decode(FloatTensor latent) {
        if (!latent.isFinite()) {
            throw new GessoException(
                    "The sampling ended in values that are no numbers (NaN), so there is no picture. Try another sampler,"
                            + " a smaller CFG scale, or another model.");
        }
        FloatTensor scaled = latent.dividedBy(checkpoint.latentScale());
        FloatTensor image = firstFinite(
                () -> decode(models.vaeDecoder(checkpoint.vae()), scaled),
                models.device() == Device.CPU ? null : () -> decodeOnCpu(scaled));
        if (!image.isFinite()) {
            throw new GessoException(
                    "The VAE of %s turned the picture into values that are no numbers (NaN). Choose another VAE."
                            .formatted(checkpoint.vae().path().getFileName()));
        }
        return image;
    }

    /** The first one's result, or, where that holds values that are no numbers, the second one's. */
    static FloatTensor firstFinite(Supplier<FloatTensor> first, @Nullable Supplier<FloatTensor> second) {
        FloatTensor image = first.get();
        return image.isFinite() || second == null ? image : second.get();
    }

    /** Devices have shorter ways to calculate, in which a VAE may overflow. */
    private FloatTensor decodeOnCpu(FloatTensor scaled) {
        notice.accept(
                "The VAE gave values that are no numbers (NaN) on %s: the picture is decoded once more on the CPU."
                        .formatted(models.device().label()));
        return decode(models.vaeDecoderOnCpu(checkpoint.vae()), scaled);
    }

    /** Whether the VAE works in tiles, asked for or not. */
    boolean isTiled() {
        return tiles.areUsed();
    }

    /** The same with another model's VAE. */
    Decoding with(Checkpoint other) {
        return other.equals(checkpoint) ? this : new Decoding(models, other, token, tiles, notice);
    }

    private FloatTensor decode(Lease<VaeDecoder> lease, FloatTensor scaled) {
        see(scaled.dim(3) * PassRunner.LATENT_SCALE, scaled.dim(2) * PassRunner.LATENT_SCALE);
        try (lease) {
            return tiles.decode(scaled, part -> lease.get().decode(part, token));
        }
    }

    Picture decodeToPixels(FloatTensor latent) {
        return Pixels.fromTensor(decode(latent), 0);
    }

    /**
     * The latent of a picture.
     *
     * @param noise which latent of the VAE's distribution is taken
     * @param image [1, 3, h, w] in −1..1
     * @return [1, 4, h/8, w/8]
     */
    FloatTensor encode(FloatTensor image, VaeNoise noise) {
        return checked(noise.draw(moments(image))).times(checkpoint.latentScale());
    }

    /** The middle of the VAE's distribution, at the VAE's own scale: how an editing model sees the picture. */
    FloatTensor plainMean(FloatTensor image) {
        return checked(moments(image).mean());
    }

    /** In tiles from here on where a picture of that size cannot be seen whole. */
    private void see(int width, int height) {
        boolean large = Math.max(width, height) > VaeTiles.SIDE * PassRunner.LATENT_SCALE;
        if (large
                && models.device() == Device.CPU
                && !VaeMemory.fits(checkpoint.vae(), (long) width * height, ProcessMemory.available())) {
            tiles.use();
        }
    }

    private VaeEncoder.Moments moments(FloatTensor image) {
        see(image.dim(3), image.dim(2));
        try (Lease<VaeEncoder> vae = models.vaeEncoder(checkpoint.vae())) {
            return tiles.encode(image, part -> vae.get().encode(part, token));
        }
    }

    private FloatTensor checked(FloatTensor latent) {
        if (!latent.isFinite()) {
            throw new GessoException(
                    "The VAE of %s cannot read the picture: it gives values that are no numbers (NaN). Choose another VAE."
                            .formatted(checkpoint.vae().path().getFileName()));
        }
        return latent;
    }
}
