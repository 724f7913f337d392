package gesso.graph;

import gesso.request.BadInput;
import gesso.weights.WeightFile;
import gesso.weights.lora.NetworkParts;
import java.util.List;
import java.util.Optional;

/** Where a checkpoint keeps its networks: the prefixes of their tensors' names. */
public final class Parts {
    private static final List<String> UNET = List.of("model.diffusion_model.", "");
    private static final List<String> VAE = List.of("first_stage_model.", "");
    /** By transformers' naming. */
    private static final List<String> CLIP =
            List.of("cond_stage_model.transformer.text_model.", "conditioner.embedders.0.transformer.text_model.");
    /** By OpenCLIP's naming: SD2's only one; SDXL's second, the refiner's only one. */
    private static final List<String> OPEN_CLIP =
            List.of("cond_stage_model.model.", "conditioner.embedders.1.model.", "conditioner.embedders.0.model.");

    private Parts() {}

    /** The UNet's. @throws BadInput where the file has none */
    public static String unet(WeightFile file) {
        return find(file, UNET, "time_embed.0.weight", "UNet");
    }

    /** The VAE's. @throws BadInput where the file has none */
    public static String vae(WeightFile file) {
        return find(file, VAE, "decoder.conv_in.weight", "VAE");
    }

    /** The text encoder's, the first where there are two. @throws BadInput where the file has none */
    public static String text(WeightFile file) {
        return search(file, CLIP, "embeddings.token_embedding.weight").orElseGet(() -> openClip(file));
    }

    /** SDXL's second text encoder's. @throws BadInput where the file has none */
    public static String secondText(WeightFile file) {
        return openClip(file);
    }

    /** What networks can change. @throws BadInput where the file has no UNet */
    public static NetworkParts networks(WeightFile file) {
        return new NetworkParts(
                unet(file),
                search(file, CLIP, "embeddings.token_embedding.weight").orElse(""),
                search(file, OPEN_CLIP, "token_embedding.weight").orElse(""));
    }

    private static String openClip(WeightFile file) {
        return find(file, OPEN_CLIP, "token_embedding.weight", "text encoder");
    }

    private static String find(WeightFile file, List<String> prefixes, String key, String part) {
        return search(file, prefixes, key)
                .orElseThrow(
                        () -> new BadInput(
                                file.path().getFileName() + " holds no " + part
                                        + " of Stable Diffusion. Choose a whole checkpoint, such as a .safetensors file of 2 GB or more."));
    }

    private static Optional<String> search(WeightFile file, List<String> prefixes, String key) {
        return prefixes.stream()
                .filter(p -> file.weights().containsKey(p + key))
                .findFirst();
    }
}
