package gesso.request;

/** Whom the network obeys where prompt and control picture disagree. */
public enum ControlMode implements Labelled {
    BALANCED("Balanced"),
    /** The deeper a residual, the more of it is left: residual i of 13 counts .825^(12 − i). */
    PROMPT("My prompt is more important"),
    /** Scaled the same way, and only in the run for the prompt: the CFG scale then strengthens the control, too. */
    CONTROL("ControlNet is more important");

    private final String label;

    ControlMode(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    public static ControlMode parse(String text) {
        return Labelled.parse(ControlMode.class, "control-mode", "control mode", text);
    }
}
