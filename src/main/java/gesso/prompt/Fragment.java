package gesso.prompt;

/** A piece of a prompt and the weight of its words. */
public record Fragment(String text, double weight) {
    /** Fills up the current chunk of 75 tokens; what follows begins a new one. */
    public static final Fragment BREAK = new Fragment("BREAK", -1);

    public boolean isBreak() {
        return equals(BREAK);
    }
}
