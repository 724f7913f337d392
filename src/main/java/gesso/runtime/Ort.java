package gesso.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import gesso.graph.OnnxModel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** How Gesso sets up ONNX Runtime. Every setting here was measured; the others are its defaults. */
final class Ort {
    private static final String SHRINK = "memory.enable_memory_arena_shrinkage";

    private static final long STARTING_STACK = 64L << 20;

    private static @Nullable OrtEnvironment environment;

    private Ort() {}

    /**
     * The process's one environment. Its own log is off: what goes wrong comes back as an exception.
     *
     * <p>While it starts, ONNX Runtime 1.29 matches regular expressions against what the system says of its processors, as
     * deep on the stack as those lines are long. On processors with many features a thread's usual 1 MB overflows, which ends
     * the process; so it starts on a thread with more.
     */
    static synchronized OrtEnvironment environment() {
        OrtEnvironment started = environment;
        if (started == null) {
            FutureTask<OrtEnvironment> start = new FutureTask<>(
                    () -> OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "gesso"));
            new Thread(null, start, "gesso-onnx-start", STARTING_STACK).start();
            try {
                started = start.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException("ONNX Runtime did not start.", e);
            }
            environment = started;
        }
        return started;
    }

    static SessionOptions sessionOptions(OnnxModel model, Device device) throws OrtException {
        SessionOptions options = new SessionOptions();
        try {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            // Not ALL: its NCHWc layout copies every convolution's weights (3.4 GB for SD1.5, 6 s) to gain 5 %.
            options.setOptimizationLevel(OptLevel.EXTENDED_OPT);
            options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            // Packed weights are copies: 1 GB for SD1.5, for 4 % of speed.
            options.addConfigEntry("session.disable_prepacking", "1");
            options.addConfigEntry(
                    "session.model_external_initializers_file_folder_path",
                    String.valueOf(model.home().getParent()));
            device.addTo(options);
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    /**
     * Options of one run.
     *
     * @param shrink whether the memory for intermediate values goes back to the system after the run
     */
    static RunOptions runOptions(Device device, boolean shrink) throws OrtException {
        RunOptions options = new RunOptions();
        try {
            // Its log would call a cancelled run an error.
            options.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            if (shrink) {
                boolean cuda = device == Device.CUDA || device == Device.TENSORRT;
                options.addRunConfigEntry(SHRINK, cuda ? "cpu:0;gpu:0" : "cpu:0");
            }
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    /** What an exception of ONNX Runtime says, without the places in its source and the final full stop. */
    static String reason(Throwable e) {
        String text =
                String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
        String plain = text.replaceAll("^Error code - \\w+ - message: ", "").replaceAll("\\S*\\.(cc|h):\\d+ ", "");
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
