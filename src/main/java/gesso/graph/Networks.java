package gesso.graph;

import gesso.request.BadInput;
import gesso.weights.ModelInfo;
import gesso.weights.WeightFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Where a model's networks come from: built over its weights, or ONNX files that lie in its folder. */
public final class Networks {
    private Networks() {}

    /** The UNet; see {@link UNet}. @throws gesso.request.BadInput where there is none, or a broken one */
    public static OnnxModel unet(WeightFile file) {
        return file.network("unet")
                .map(path -> {
                    ModelInfo info = ModelInfo.of(file);
                    return ForeignNetworks.unet(file, path, info.inputChannels(), info.contextWidth());
                })
                .orElseGet(() -> UNet.build(file, Parts.unet(file)));
    }

    /** The UNet for ControlNets. @throws gesso.request.BadInput where there is none, a broken one, or one that was made without */
    public static OnnxModel controlledUnet(WeightFile file) {
        if (file.network("unet").isPresent()) {
            throw new BadInput(
                    "The UNet of %s is an ONNX file, which a ControlNet cannot guide: choose a checkpoint, or take the ControlNet off."
                            .formatted(file.name()));
        }
        return UNet.controlled(file, Parts.unet(file));
    }

    /** The VAE, to pixels; see {@link Vae#decoder}. @throws gesso.request.BadInput where there is none, or a broken one */
    public static OnnxModel vaeDecoder(WeightFile file) {
        return file.network("vae_decoder")
                .map(path -> ForeignNetworks.decoder(file, path))
                .orElseGet(() -> TinyVae.is(file) ? TinyVae.decoder(file) : Vae.decoder(file, Parts.vae(file)));
    }

    /** The VAE, from pixels; see {@link Vae#encoder}. @throws gesso.request.BadInput where there is none, or a broken one */
    public static OnnxModel vaeEncoder(WeightFile file) {
        return file.network("vae_encoder")
                .map(path -> ForeignNetworks.encoder(file, path))
                .orElseGet(() -> TinyVae.is(file) ? TinyVae.encoder(file) : Vae.encoder(file, Parts.vae(file)));
    }

    /**
     * A text encoder.
     *
     * @param place what stands before its tensors' names, or its folder
     * @param layers how many can be asked for; 0: the last alone
     */
    public record Text(String place, Supplier<OnnxModel> model, int layers) {}

    /** The text encoder, the first where there are two; see {@link ClipText}. @throws gesso.request.BadInput where there is none */
    public static Text text(WeightFile file) {
        Optional<Path> own = file.network("text_encoder");
        return own.isPresent() ? foreign(file, own.get()) : built(file, Parts.text(file));
    }

    /** SDXL's second text encoder, or the only one where that is OpenCLIP. @throws gesso.request.BadInput where there is none */
    public static Text secondText(WeightFile file) {
        Optional<Path> own = file.network("text_encoder_2").or(() -> file.network("text_encoder"));
        return own.isPresent() ? foreign(file, own.get()) : built(file, Parts.secondText(file));
    }

    private static Text foreign(WeightFile file, Path path) {
        return new Text(
                path.toString(), () -> new ForeignText(file, path).build(), new ForeignText(file, path).layers());
    }

    private static Text built(WeightFile file, String prefix) {
        return new Text(prefix, () -> ClipText.build(file, prefix), ClipText.layers(file, prefix));
    }
}
