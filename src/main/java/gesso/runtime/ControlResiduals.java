package gesso.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import gesso.tensor.FloatTensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What ControlNets say to one run of the UNet, where ONNX Runtime put it: the UNet reads it there. To be closed after that. */
public final class ControlResiduals implements AutoCloseable {
    /** Adds nothing, of whatever shape it is added to. */
    private static final FloatTensor NOTHING = FloatTensor.zeros(1, 1, 1, 1);

    private final OrtSession.Result result;

    ControlResiduals(OrtSession.Result result) {
        this.result = result;
    }

    /** Residual {@code i} as an input: nothing where there is none. */
    static void put(Map<String, Object> inputs, String name, @Nullable ControlResiduals all, int i) {
        Object value = NOTHING;
        if (all != null) {
            value = (OnnxTensor)
                    all.result.get("control_" + i).orElseThrow(() -> new IllegalStateException("no residual " + i));
        }
        inputs.put(name, value);
    }

    /** How many there are. */
    int count() {
        return result.size();
    }

    /** One of them, on the heap. */
    FloatTensor copy(int i) {
        return Session.tensorOf((OnnxTensor) result.get(i));
    }

    @Override
    public void close() {
        result.close();
    }
}
