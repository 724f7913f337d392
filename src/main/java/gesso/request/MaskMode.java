package gesso.request;

/** Which side of the mask is repainted. */
public enum MaskMode implements Labelled {
    MASKED("Inpaint masked"),
    NOT_MASKED("Inpaint not masked");

    private final String label;

    MaskMode(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    public static MaskMode parse(String text) {
        return Labelled.parse(MaskMode.class, "mask-mode", "mask mode", text);
    }
}
