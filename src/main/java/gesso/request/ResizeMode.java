package gesso.request;

/** How a source picture of another size is brought to the output's size. */
public enum ResizeMode implements Labelled {
    JUST_RESIZE("Just resize"),
    CROP_AND_RESIZE("Crop and resize"),
    RESIZE_AND_FILL("Resize and fill"),
    LATENT_UPSCALE("Just resize (latent upscale)");

    private final String label;

    ResizeMode(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    public static ResizeMode parse(String text) {
        return Labelled.parse(ResizeMode.class, "resize-mode", "resize mode", text);
    }
}
