package gesso.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import gesso.graph.OnnxModel;
import gesso.graph.OnnxModel.Supplied;
import gesso.request.GessoException;
import java.nio.ByteBuffer;
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

    private final Map<String, OnnxTensor> tensors = new HashMap<>();
    private final List<DirectMemory> buffers = new ArrayList<>();

    /** Converts them all, on a few threads. */
    static SuppliedWeights of(OnnxModel model) throws OrtException {
        SuppliedWeights weights = new SuppliedWeights();
        try {
            weights.fill(model.supplied());
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

    private void fill(List<Supplied> wanted) throws OrtException {
        if (wanted.isEmpty()) {
            return;
        }
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
        try {
            List<Callable<ByteBuffer>> tasks = new ArrayList<>();
            order.forEach(s -> tasks.add(() -> filled(s)));
            List<Future<ByteBuffer>> done = pool.invokeAll(tasks);
            for (int i = 0; i < done.size(); i++) {
                Supplied s = order.get(i);
                tensors.put(
                        s.name(),
                        OnnxTensor.createTensor(
                                Ort.environment(), done.get(i).get().asFloatBuffer(), s.shape()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GessoException("The loading of the model was interrupted. Try again.", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private ByteBuffer filled(Supplied weight) {
        DirectMemory memory = DirectMemory.allocate(4 * weight.elements());
        synchronized (buffers) {
            buffers.add(memory);
        }
        weight.fill().accept(memory.buffer().asFloatBuffer());
        return memory.buffer();
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }

    @Override
    public void close() {
        tensors.values().forEach(OnnxTensor::close);
        tensors.clear();
        buffers.forEach(DirectMemory::close);
        buffers.clear();
    }
}
