package gesso.request;

/** What a weight such as {@code (word:1.2)} does to the text's vectors. */
public enum Emphasis implements Labelled {
    NONE("None"),
    IGNORE("Ignore"),
    ORIGINAL("Original"),
    NO_NORM("No norm"),
    COMFY("ComfyUI");

    private final String label;

    Emphasis(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    public static Emphasis parse(String text) {
        return Labelled.parse(Emphasis.class, "emphasis", "emphasis mode", text);
    }
}
