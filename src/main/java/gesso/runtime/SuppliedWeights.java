package gesso.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import gesso.graph.OnnxModel;
import gesso.graph.OnnxModel.Supplied;
import gesso.request.GessoException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final List<Object> held = new ArrayList<>();

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
                held.add(weight.contents());
                tensors.put(weight.name(), tensor);
            }
        }
        if (!missing.isEmpty()) {
            fill(missing);
        }
    }

    private void fill(List<Supplied> wanted) throws OrtException {
        // The largest first, so that no thread is left alone with one at the end.
        List<Supplied> order = wanted.stream()
                .sorted(Comparator.comparingLong(Supplied::elements).reversed())
                .toList();
        int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "gesso-weights");
            thread.setDaemon(true);
            return thread;
        });
        List<DirectMemory> unclaimed = new ArrayList<>();
        try {
            List<Callable<DirectMemory>> tasks = new ArrayList<>();
            order.forEach(s -> tasks.add(() -> filled(s, unclaimed)));
            List<Future<DirectMemory>> done = pool.invokeAll(tasks);
            for (int i = 0; i < done.size(); i++) {
                Supplied s = order.get(i);
                DirectMemory memory = done.get(i).get();
                tensors.put(s.name(), shared.add(s.contents(), memory, s.shape()));
                held.add(s.contents());
                unclaimed.remove(memory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GessoException("The loading of the model was interrupted. Try again.", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            pool.shutdownNow();
            unclaimed.forEach(DirectMemory::close);
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
        held.forEach(shared::release);
        held.clear();
    }
}
