package gesso.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import gesso.graph.OnnxModel;
import gesso.graph.OnnxModel.Supplied;
import gesso.request.GessoException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The weights that a graph does not find in its file, as float32 tensors outside the heap. ONNX Runtime keeps raw pointers into
 * them: close this only after the session, and keep it until then, or the process crashes.
 */
final class SuppliedWeights implements AutoCloseable {
    private static final int MAX_THREADS = 4;

    private final SharedWeights shared;
    private final Map<String, OnnxTensor> tensors = new HashMap<>();
    /** What is held under each name. */
    private final Map<String, Object> held = new HashMap<>();

    private SuppliedWeights(SharedWeights shared) {
        this.shared = shared;
    }

    /** Takes those that another session has, and converts the others, on a few threads. */
    static SuppliedWeights of(OnnxModel model, SharedWeights shared) throws OrtException {
        SuppliedWeights weights = new SuppliedWeights(shared);
        try {
            weights.take(model.supplied());
            return weights;
        } catch (OrtException | RuntimeException | Error e) {
            weights.close();
            throw e;
        }
    }

    void addTo(SessionOptions options) throws OrtException {
        for (Map.Entry<String, OnnxTensor> t : tensors.entrySet()) {
            options.addInitializer(t.getKey(), t.getValue());
        }
    }

    private void take(List<Supplied> wanted) throws OrtException {
        List<Supplied> missing = new ArrayList<>();
        for (Supplied weight : wanted) {
            OnnxTensor tensor = shared.hold(weight.contents());
            if (tensor == null) {
                missing.add(weight);
            } else {
                held.put(weight.name(), weight.contents());
                tensors.put(weight.name(), tensor);
            }
        }
        if (!missing.isEmpty()) {
            fill(missing);
        }
    }

    /** Whether {@link #become} can be done: the same tensors, of which nobody else holds those that change. */
    boolean canBecome(List<Supplied> wanted) {
        return wanted.size() == held.size()
                && wanted.stream().allMatch(weight -> {
                    Object now = held.get(weight.name());
                    return weight.contents().equals(now)
                            || (now != null && shared.isHeldOnce(now) && !shared.has(weight.contents()));
                });
    }

    /** Writes other values where they are held. Where that fails half-way they are of no use any more. */
    void become(List<Supplied> wanted) {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (Supplied weight : largestFirst(wanted)) {
            Object now = Objects.requireNonNull(held.get(weight.name()));
            if (!now.equals(weight.contents())) {
                FloatBuffer values = shared.exchange(now, weight.contents());
                held.put(weight.name(), weight.contents());
                tasks.add(() -> {
                    weight.fill().accept(values);
                    return true;
                });
            }
        }
        onThreads(tasks);
    }

    private void fill(List<Supplied> wanted) throws OrtException {
        List<Supplied> order = largestFirst(wanted);
        List<DirectMemory> unclaimed = new ArrayList<>();
        try {
            List<Callable<DirectMemory>> tasks = new ArrayList<>();
            order.forEach(s -> tasks.add(() -> filled(s, unclaimed)));
            List<DirectMemory> done = onThreads(tasks);
            for (int i = 0; i < done.size(); i++) {
                Supplied s = order.get(i);
                DirectMemory memory = done.get(i);
                tensors.put(s.name(), shared.add(s.contents(), memory, s.shape()));
                held.put(s.name(), s.contents());
                unclaimed.remove(memory);
            }
        } finally {
            unclaimed.forEach(DirectMemory::close);
        }
    }

    /** So that no thread is left alone with a large one at the end. */
    private static List<Supplied> largestFirst(List<Supplied> weights) {
        return weights.stream()
                .sorted(Comparator.comparingLong(Supplied::elements).reversed())
                .toList();
    }

    private static <T> List<T> onThreads(List<Callable<T>> tasks) {
        int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "gesso-weights");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<T> done = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(tasks)) {
                done.add(future.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GessoException("The loading of the model was interrupted. Try again.", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private static DirectMemory filled(Supplied weight, List<DirectMemory> all) {
        DirectMemory memory = DirectMemory.allocate(4 * weight.elements());
        synchronized (all) {
            all.add(memory);
        }
        weight.fill().accept(memory.buffer().asFloatBuffer());
        return memory;
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }

    @Override
    public void close() {
        tensors.clear();
        held.values().forEach(shared::release);
        held.clear();
    }
}
