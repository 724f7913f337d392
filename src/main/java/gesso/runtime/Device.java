package gesso.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.CoreMLFlags;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.EnumSet;
import java.util.Locale;

/** What can compute. */
public enum Device {
    CUDA("CUDA", OrtProvider.CUDA),
    TENSORRT("TensorRT", OrtProvider.TENSOR_RT),
    DIRECTML("DirectML", OrtProvider.DIRECT_ML),
    COREML("CoreML", OrtProvider.CORE_ML),
    CPU("CPU", OrtProvider.CPU);

    private final String label;
    private final OrtProvider provider;

    Device(String label, OrtProvider provider) {
        this.label = label;
        this.provider = provider;
    }

    /** As the user reads it. */
    public String label() {
        return label;
    }

    /** As the command line writes it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    OrtProvider provider() {
        return provider;
    }

    /** Whether it has memory of its own, which holds a copy of every weight. */
    boolean hasOwnMemory() {
        return this != CPU;
    }

    /** Adds the device to a session that is to be made; what it cannot run, the CPU runs. */
    void addTo(SessionOptions options) throws OrtException {
        switch (this) {
            case CUDA -> addCuda(options);
            case TENSORRT -> {
                options.addTensorrt(0);
                addCuda(options);
            }
            case DIRECTML -> {
                // DirectML refuses sessions with memory patterns.
                options.setMemoryPatternOptimization(false);
                options.addDirectML(0);
            }
            case COREML -> options.addCoreML(EnumSet.noneOf(CoreMLFlags.class));
            case CPU -> {}
        }
    }

    private static void addCuda(SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
            // The default, an exhaustive search, makes the first picture of every size slow.
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            options.addCUDA(cuda);
        }
    }
}
