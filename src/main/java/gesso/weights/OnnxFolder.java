package gesso.weights;

import java.nio.file.Files;
import java.nio.file.Path;

/** Networks that are ONNX files already, a folder for each, as optimum, diffusers and Amuse write them. */
final class OnnxFolder {
    private OnnxFolder() {}

    /** Whether the folder looks like one. Reads no file. */
    static boolean is(Path folder) {
        return Files.isRegularFile(unet(HuggingFaceCache.snapshot(folder)));
    }

    static Path unet(Path root) {
        return root.resolve("unet/model.onnx");
    }
}
