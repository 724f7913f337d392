package gesso.ui.drop;

/** Who takes what is brought into the window. */
public interface DropReceiver {
    /** Whether that can be done with it, as far as its kind tells; on the FX thread, at once. */
    boolean offers(DropTarget target, Incoming what);

    /** Does it, or says why not. */
    void accept(DropTarget target, Incoming what);
}
