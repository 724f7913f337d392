package gesso.weights;

/** What a UNet was trained to predict. */
public enum Prediction {
    /** The noise (Ho et al. 2020). */
    EPSILON("epsilon"),
    /** The velocity α·noise − σ·picture (Salimans and Ho 2022). */
    V("v");

    private final String label;

    Prediction(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
