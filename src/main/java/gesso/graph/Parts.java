package gesso.graph;

import gesso.request.BadInput;
import gesso.weights.WeightFile;
import java.util.List;

/** Where a checkpoint keeps its networks: the prefixes of their tensors' names. */
public final class Parts {
    private static final List<String> UNET = List.of("model.diffusion_model.", "");
    private static final List<String> VAE = List.of("first_stage_model.", "");
    private static final List<String> TEXT =
            List.of("cond_stage_model.transformer.text_model.", "conditioner.embedders.0.transformer.text_model.");

    private Parts() {}

    /** The UNet's. @throws BadInput where the file has none */
    public static String unet(WeightFile file) {
        return find(file, UNET, "time_embed.0.weight", "UNet");
    }

    /** The VAE's. @throws BadInput where the file has none */
    public static String vae(WeightFile file) {
        return find(file, VAE, "decoder.conv_in.weight", "VAE");
    }

    /** The text encoder's, CLIP ViT-L. @throws BadInput where the file has none */
    public static String text(WeightFile file) {
        return find(file, TEXT, "embeddings.token_embedding.weight", "text encoder");
    }

    private static String find(WeightFile file, List<String> prefixes, String key, String part) {
        return prefixes.stream()
                .filter(p -> file.weights().containsKey(p + key))
                .findFirst()
                .orElseThrow(
                        () -> new BadInput(
                                file.path().getFileName() + " holds no " + part
                                        + " of Stable Diffusion. Choose a whole checkpoint, such as a .safetensors file of 2 GB or more."));
    }
}
