package gesso.image;

import gesso.request.GenerationRequest;
import gesso.request.Picture;
import java.util.Map;

/**
 * A finished picture and everything that made it.
 *
 * @param request what made this one picture: its own seeds, drawn
 * @param index which picture of its job, from 0
 * @param model the checkpoint
 * @param facts infotext entries that only the run knows (a VAE's hash, a network that ran in another precision …)
 */
public record GeneratedPicture(
        Picture picture, GenerationRequest request, int index, ModelIdentity model, Map<String, String> facts) {
    /**
     * A checkpoint as a picture's parameters name it.
     *
     * @param name the file's name without its ending
     * @param hash the first 10 hexadecimal digits of the file's SHA-256
     * @param inpainting whether it takes the mask and the masked picture beside the latent (9 channels)
     */
    public record ModelIdentity(String name, String hash, boolean inpainting) {}
}
