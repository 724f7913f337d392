package gesso.request;

/**
 * How a prompt becomes vectors.
 *
 * @param clipSkip which hidden layer is used, counted from the end, 1–12; 0: the model family's own (1 on SD1)
 */
public record TextSettings(Emphasis emphasis, int clipSkip) {
    public static final TextSettings DEFAULT = new TextSettings(Emphasis.ORIGINAL, 1);

    public TextSettings {
        InvalidRequest.range("clip-skip", "Clip skip", clipSkip, 0, 12);
    }
}
