package gesso.sampling;

/** What a network was trained to predict: the noise, or v (Salimans and Ho 2022). */
public enum Prediction {
    EPSILON,
    V
}
