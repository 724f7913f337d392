package gesso.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import gesso.request.BadInput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Finds what can compute on this machine, by really starting it. */
public final class Devices {
    public static final String AUTO = "auto";

    private Devices() {}

    /**
     * What became of starting one device.
     *
     * @param problem why it cannot run, in a sentence; empty where it can
     */
    public record Probe(Device device, Optional<String> problem) {
        public boolean works() {
            return problem.isEmpty();
        }
    }

    /** Tries all, best first. The first call loads ONNX Runtime (about 0.2 s, seconds where CUDA is unpacked). */
    public static List<Probe> probe() {
        return Arrays.stream(Device.values()).map(Devices::probe).toList();
    }

    public static Probe probe(Device device) {
        Ort.environment();
        if (!OrtEnvironment.getAvailableProviders().contains(device.provider())) {
            return failed(device, "this build of ONNX Runtime is made without it");
        }
        try (SessionOptions options = new SessionOptions()) {
            device.addTo(options);
            return new Probe(device, Optional.empty());
        } catch (OrtException | LinkageError e) {
            return failed(device, Ort.reason(e));
        }
    }

    /**
     * The device to use.
     *
     * @param wanted {@link #AUTO} for the best that works (CUDA, then the CPU), or a device's {@link Device#id}
     * @param notice is told, in one sentence, where a device that should work does not and the CPU takes its place
     * @throws BadInput where there is no device of that name
     */
    public static Device choose(String wanted, Consumer<String> notice) {
        if (wanted.equalsIgnoreCase(AUTO)) {
            Ort.environment();
            // A build without CUDA is no failure: nobody expects a graphics card of it.
            boolean expected = OrtEnvironment.getAvailableProviders().contains(Device.CUDA.provider());
            return expected ? orCpu(Device.CUDA, notice) : Device.CPU;
        }
        Device device = Arrays.stream(Device.values())
                .filter(d -> d.id().equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> new BadInput("There is no device \"" + wanted + "\". Choose auto, "
                        + Arrays.stream(Device.values()).map(Device::id).collect(Collectors.joining(", ")) + "."));
        return orCpu(device, notice);
    }

    private static Device orCpu(Device device, Consumer<String> notice) {
        Probe probe = probe(device);
        probe.problem().ifPresent(p -> notice.accept(p + " The CPU is used instead."));
        return probe.works() ? device : Device.CPU;
    }

    private static Probe failed(Device device, String reason) {
        return new Probe(device, Optional.of(device.label() + " cannot be used: " + reason + "."));
    }
}
