package gesso.request;

/** Whether the whole picture or the surroundings of the mask alone are generated at the output's size. */
public enum InpaintArea implements Labelled {
    WHOLE_PICTURE("Whole picture"),
    ONLY_MASKED("Only masked");

    private final String label;

    InpaintArea(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    public static InpaintArea parse(String text) {
        return Labelled.parse(InpaintArea.class, "area", "inpaint area", text);
    }
}
