package gesso.weights;

/** What a file of weights is for. */
public enum ModelKind {
    /** A model that paints: a UNet (or another denoiser), often with its text encoder and VAE. */
    CHECKPOINT("checkpoint"),
    VAE("VAE"),
    /** A small VAE for previews (TAESD). */
    TINY_VAE("preview VAE"),
    TEXT_ENCODER("text encoder"),
    IMAGE_ENCODER("image encoder"),
    /** Both of CLIP's encoders. */
    CLIP("CLIP"),
    /** BLIP: an image encoder and a decoder that writes captions. */
    CAPTION_MODEL("caption model"),
    /** Says which of the tags that it was trained on a picture shows. */
    TAGGER("tagger"),
    LORA("LoRA"),
    EMBEDDING("embedding"),
    CONTROLNET("ControlNet"),
    T2I_ADAPTER("T2I adapter"),
    IP_ADAPTER("IP adapter"),
    HYPERNETWORK("hypernetwork"),
    MOTION_MODULE("motion module"),
    UPSCALER("upscaler"),
    UNKNOWN("unknown");

    private final String label;

    ModelKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
