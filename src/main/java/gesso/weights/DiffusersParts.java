package gesso.weights;

/** Puts the networks of a diffusers pipeline together under the names of one LDM file. */
final class DiffusersParts {
    private static final int OPEN_CLIP_WIDTH = 1024; // of the narrowest OpenCLIP encoder that a UNet was trained with

    private final JoinedWeights all;

    DiffusersParts(JoinedWeights all) {
        this.all = all;
    }

    /** @param at what stands before the UNet's names */
    void unet(WeightFile file, String at) {
        translate(file, at, "model.diffusion_model.", DiffusersNames.unet(new Keys(file.weights()), at));
    }

    /** @param at what stands before the VAE's names */
    void vae(WeightFile file, String at) {
        translate(file, at, "first_stage_model.", DiffusersNames.vae(new Keys(file.weights()), at));
    }

    private void translate(WeightFile file, String at, String to, DiffusersNames.Translation names) {
        file.weights().forEach((key, weight) -> {
            if (key.startsWith(at)) {
                all.add(to + names.of(key.substring(at.length())), file, weight);
            }
        });
    }

    /**
     * The text encoder, the first where there are two.
     *
     * @param open whether it is OpenCLIP
     * @param two whether there are two, as in SDXL
     */
    void text(WeightFile file, String at, boolean open, boolean two) {
        if (open) {
            DiffusersNames.openClip(all, "cond_stage_model.model.", file, at);
            return;
        }
        String to = two ? "conditioner.embedders.0.transformer." : "cond_stage_model.transformer.";
        translate(file, at, to, name -> name);
    }

    /** SDXL's second text encoder; the refiner has it {@code alone}. */
    void secondText(WeightFile file, String at, boolean alone) {
        DiffusersNames.openClip(
                all, alone ? "conditioner.embedders.0.model." : "conditioner.embedders.1.model.", file, at);
    }

    /** Whether a text encoder is as wide as OpenCLIP's are; its activation cannot be seen in its tensors. */
    static boolean isOpenClip(WeightFile file, String at) {
        Weight table = file.weights().get(at + "text_model.embeddings.token_embedding.weight");
        return table != null && table.shape().length == 2 && table.shape()[1] >= OPEN_CLIP_WIDTH;
    }

    /** A file whose UNet or VAE has diffusers' names under LDM's; any other as it is. */
    static WeightFile translated(WeightFile file) {
        Keys keys = new Keys(file.weights());
        String unet = keys.has("unet.conv_in.weight") ? "unet." : "";
        boolean hasUnet = keys.has(unet + "conv_in.weight")
                && keys.hasPrefix(unet + "down_blocks.0.")
                && keys.hasPrefix(unet + "up_blocks.0.");
        String vae = keys.hasPrefix("vae.decoder.")
                ? "vae."
                : keys.hasPrefix("first_stage_model.") ? "first_stage_model." : "";
        boolean hasVae = (keys.has(vae + "decoder.conv_in.weight") || keys.has(vae + "encoder.conv_in.weight"))
                && (keys.hasPrefix(vae + "decoder.mid_block.") || keys.hasPrefix(vae + "encoder.mid_block."));
        if (!hasUnet && !hasVae) {
            return file;
        }
        JoinedWeights all = new JoinedWeights(file.path(), file.name(), Form.DIFFUSERS_FILE);
        file.metadata().forEach(all::note);
        DiffusersParts parts = new DiffusersParts(all);
        if (hasUnet) {
            parts.unet(file, unet);
        }
        if (hasVae) {
            parts.vae(file, vae);
        }
        boolean second = keys.hasPrefix("text_encoder_2.");
        if (keys.hasPrefix("text_encoder.")) {
            parts.text(file, "text_encoder.", isOpenClip(file, "text_encoder."), second);
        }
        if (second) {
            parts.secondText(file, "text_encoder_2.", !keys.hasPrefix("text_encoder."));
        }
        return all;
    }
}
