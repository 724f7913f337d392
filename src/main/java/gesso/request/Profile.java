package gesso.request;

/** The program whose meanings the settings have: step counts, emphasis, noise and schedule details. */
public enum Profile implements Labelled {
    A1111("A1111 1.10"),
    COMFYUI("ComfyUI"),
    DIFFUSERS("diffusers");

    private final String label;

    Profile(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    public static Profile parse(String text) {
        return Labelled.parse(Profile.class, "profile", "compatibility profile", text);
    }
}
