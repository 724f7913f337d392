package gesso.pipeline;

import gesso.weights.SafetensorsFile;
import gesso.weights.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Checkpoints with something wrong in them. */
final class TestCheckpoints {
    private TestCheckpoints() {}

    /** A copy in which one half-precision tensor's first value is no number. */
    static Path withNan(Path checkpoint, String tensor, Path folder) throws IOException {
        Weight weight = Objects.requireNonNull(
                SafetensorsFile.open(checkpoint).weights().get(tensor));
        byte[] bytes = Files.readAllBytes(checkpoint);
        // Half precision, low byte first: 0x7e00 is a NaN.
        bytes[(int) weight.offset()] = 0;
        bytes[(int) weight.offset() + 1] = 0x7e;
        return Files.write(folder.resolve(tensor + ".safetensors"), bytes);
    }
}
