package gesso.runtime;

/** The right to use a model: it stays in memory until the lease is closed. For the inference thread, like the model. */
public final class Lease<T> implements AutoCloseable {
    private final T model;
    private final Runnable onClose;
    private boolean closed;

    Lease(T model, Runnable onClose) {
        this.model = model;
        this.onClose = onClose;
    }

    public T get() {
        if (closed) {
            throw new IllegalStateException("the lease is over");
        }
        return model;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }
}
