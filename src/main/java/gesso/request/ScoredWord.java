package gesso.request;

/**
 * A word, or a few, that a picture was found to go with.
 *
 * @param text as a person writes it: no brackets are escaped
 * @param score 0–1, comparable within its group alone: how sure the model is
 */
public record ScoredWord(WordGroup group, String text, double score) {
    public ScoredWord {
        if (text.isBlank() || !(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException(text + " " + score);
        }
    }
}
