package gesso.request;

/** The work was stopped because somebody asked for it: no failure, and no picture. */
public final class Cancelled extends GessoException {
    public Cancelled() {
        super("Cancelled.");
    }
}
