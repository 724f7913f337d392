package gesso.request;

/** What kind of words they are, in the order in which a prompt says them. */
public enum WordGroup implements Labelled {
    /** A sentence that says what is seen. */
    CAPTION("caption"),
    /** What is seen, word by word. */
    TAGS("tags"),
    MEDIUM("medium"),
    ARTIST("artist"),
    MOVEMENT("movement"),
    FLAVOUR("flavour");

    private final String label;

    WordGroup(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
