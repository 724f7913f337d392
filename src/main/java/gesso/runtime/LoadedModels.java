package gesso.runtime;

import ai.onnxruntime.OrtException;
import gesso.graph.OnnxModel;
import gesso.request.BadInput;
import gesso.request.DeviceTrouble;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sessions in memory, whatever they are for: loaded, lent, changed and let go as {@link Models} says. */
final class LoadedModels implements AutoCloseable {
    private final Models.Listener listener;
    /** Least lately used first. */
    private final Map<ModelKey, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true);

    private final SharedWeights shared = new SharedWeights();
    private long budget;
    private double secondsOfThoseGone;
    private @Nullable Thread owner;

    LoadedModels(long budget, Models.Listener listener) {
        this.budget = budget;
        this.listener = listener;
    }

    /** From now on so many bytes may be taken together; what is too much goes now. */
    void keepTo(long bytes) {
        budget = bytes;
        makeRoom(bytes);
    }

    /** Bytes that the models in memory take. */
    long held() {
        return loaded.values().stream().mapToLong(l -> l.bytes).sum() + shared.bytes();
    }

    /** What is in memory, least lately used first. */
    List<ModelFigures> figures() {
        return loaded.values().stream().map(l -> l.figures).toList();
    }

    /** Seconds spent inside ONNX Runtime's runs so far, over all models. */
    double secondsInRuns() {
        return secondsOfThoseGone
                + loaded.values().stream()
                        .mapToDouble(l -> l.session.secondsInRuns())
                        .sum();
    }

    /** The model of that key, which is loaded where it is not there. */
    <T> Lease<T> lease(ModelKey key, Supplier<OnnxModel> build, Function<Session, T> wrap, Device on) {
        checkThread();
        Loaded model = loaded.get(key);
        if (model == null) {
            listener.loading(key.network());
            long start = System.nanoTime();
            OnnxModel built = build.get();
            model = changed(key, built, on);
            if (model == null) {
                model = load(built, on, start);
            }
            loaded.put(key, model);
        }
        Loaded held = model;
        held.leases++;
        return new Lease<>(wrap.apply(held.session), () -> held.leases--);
    }

    /** One that nobody uses, of the same graph, with this one's weights written over its own; null where there is none. */
    private @Nullable Loaded changed(ModelKey key, OnnxModel model, Device on) {
        ModelKey idle = null;
        for (Map.Entry<ModelKey, Loaded> e : loaded.entrySet()) {
            Loaded other = e.getValue();
            boolean can = e.getKey().isVariantOf(key)
                    && other.leases == 0
                    && other.session.device() == on
                    && other.session.canBecome(model);
            idle = can ? e.getKey() : idle;
        }
        Loaded other = idle == null ? null : loaded.remove(idle);
        if (other == null) {
            return null;
        }
        makeRoom(budget - other.bytes);
        try {
            other.session.become(model);
            return other;
        } catch (RuntimeException | Error failed) {
            close(other);
            throw failed;
        }
    }

    private Loaded load(OnnxModel model, Device on, long start) {
        makeRoom(budget - needed(model, on));
        long before = ProcessMemory.own().orElse(0);
        Session session = openOn(model, on);
        double seconds = (System.nanoTime() - start) / 1e9;
        long own = ProcessMemory.own().isPresent() ? ProcessMemory.own().getAsLong() - before : bytes(model, on);
        return new Loaded(
                session,
                bytes(model, on) - (on.hasOwnMemory() ? 0 : model.suppliedBytes()),
                new ModelFigures(model.name(), session.device(), seconds, own, model.weightBytes()));
    }

    /** On the CPU where the device cannot. */
    private Session openOn(OnnxModel model, Device on) {
        if (on != Device.CPU) {
            try {
                return open(model, on);
            } catch (OrtException e) {
                listener.notice(on.label() + " could not load the " + model.name() + " (" + Ort.reason(e)
                        + "): it runs on the CPU.");
            }
        }
        try {
            return open(model, Device.CPU);
        } catch (OrtException e) {
            throw new BadInput(
                    "The " + model.name() + " in " + model.file().getFileName()
                            + " cannot be used: its tensors do not fit together. Choose another file, or download this one again.",
                    e);
        }
    }

    /** Where memory does not suffice, tries once more without the models that nobody uses. */
    private Session open(OnnxModel model, Device on) throws OrtException {
        try {
            return Session.open(model, on, shared);
        } catch (OutOfMemoryError first) {
            makeRoom(0);
            try {
                return Session.open(model, on, shared);
            } catch (OutOfMemoryError e) {
                throw new DeviceTrouble(
                        "There is not enough memory for the " + model.name() + " of "
                                + model.file().getFileName()
                                + ": it takes " + (model.suppliedBytes() >> 20)
                                + " MB. Close other programs or choose a smaller model.",
                        e);
            }
        }
    }

    /** Lets models go until the rest takes no more than so many bytes, or all the rest is leased. */
    private void makeRoom(long most) {
        List<ModelKey> idle = new ArrayList<>();
        loaded.forEach((key, model) -> {
            if (model.leases == 0) {
                idle.add(key);
            }
        });
        for (ModelKey key : idle) {
            if (held() <= most) {
                return;
            }
            Optional.ofNullable(loaded.remove(key)).ifPresent(this::close);
        }
    }

    /** Weights that are read where they lie in the file take no memory of their own on the CPU. */
    private static long bytes(OnnxModel model, Device on) {
        return on.hasOwnMemory() ? model.bytes().length + model.weightBytes() : model.ownBytes();
    }

    /** What loading it adds: weights that another model holds already take no more. */
    private long needed(OnnxModel model, Device on) {
        long there = model.supplied().stream()
                .filter(s -> shared.has(s.contents()))
                .mapToLong(s -> 4 * s.elements())
                .sum();
        return bytes(model, on) - (on.hasOwnMemory() ? 0 : there);
    }

    private void close(Loaded model) {
        secondsOfThoseGone += model.session.secondsInRuns();
        model.session.close();
    }

    private void checkThread() {
        if (owner == null) {
            owner = Thread.currentThread();
        }
        if (owner != Thread.currentThread()) {
            throw new IllegalStateException("the models belong to " + owner + ", not to " + Thread.currentThread());
        }
    }

    /** Lets all go, leased or not. */
    @Override
    public void close() {
        checkThread();
        loaded.values().forEach(this::close);
        loaded.clear();
    }

    private static final class Loaded {
        private final Session session;
        private final long bytes;
        private final ModelFigures figures;
        private int leases;

        Loaded(Session session, long bytes, ModelFigures figures) {
            this.session = session;
            this.bytes = bytes;
            this.figures = figures;
        }
    }
}
