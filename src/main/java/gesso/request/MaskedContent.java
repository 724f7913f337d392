package gesso.request;

/** What lies under the mask before the first step. */
public enum MaskedContent implements Labelled {
    FILL("fill"),
    ORIGINAL("original"),
    LATENT_NOISE("latent noise"),
    LATENT_NOTHING("latent nothing");

    private final String label;

    MaskedContent(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    public static MaskedContent parse(String text) {
        return Labelled.parse(MaskedContent.class, "masked-content", "masked content", text);
    }
}
