package gesso.canvas;

/** What a layer is for; that says how its pixels are kept and what they mean. */
public enum LayerKind {
    /** The picture that is reworked. */
    SOURCE(false, 0),
    /** A generated picture that was accepted. */
    RESULT(false, 0),
    /** Painted by hand, over the pictures. */
    PAINT(false, 0),
    /** Looked at, never sent. */
    REFERENCE(false, 0),
    /** Lines or colours that a ControlNet follows. */
    CONTROL(false, 0),
    /** White: the denoising strength counts in full. */
    STRENGTH(true, 255),
    /** White is painted anew. */
    MASK(true, 0);

    private final boolean levels;
    private final int empty;

    LayerKind(boolean levels, int empty) {
        this.levels = levels;
        this.empty = empty;
    }

    /** Whether a pixel is one level of 0–255; else it is a colour. */
    public boolean isLevels() {
        return levels;
    }

    /** The level where nothing was painted. */
    public int emptyLevel() {
        return empty;
    }

    /** Whether it is part of the picture that is reworked. */
    public boolean isPicture() {
        return this == SOURCE || this == RESULT || this == PAINT;
    }
}
