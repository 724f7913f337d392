package gesso.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder that is one model: a diffusers pipeline, or networks that are ONNX files. */
public final class ModelFolder {
    private ModelFolder() {}

    /** Whether the folder is one. Reads no file. */
    public static boolean is(Path folder) {
        return DiffusersFolder.is(folder) || OnnxFolder.is(folder);
    }

    /** What an artist calls it; a snapshot in Hugging Face's cache has its repository's name. */
    public static String name(Path folder) {
        return HuggingFaceCache.name(folder);
    }

    /** The bytes of all its files; 0 where that cannot be told. */
    public static long bytes(Path folder) {
        try (Stream<Path> files = Files.walk(HuggingFaceCache.snapshot(folder), 3)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * The file whose hash a model is known by: itself, or of a folder the file of its UNet, the first where there are several.
     *
     * @throws gesso.request.BadInput where the folder has none
     */
    public static Path main(Path model) {
        if (!Files.isDirectory(model)) {
            return model;
        }
        Path snapshot = HuggingFaceCache.snapshot(model);
        return OnnxFolder.is(model)
                ? OnnxFolder.unet(snapshot)
                : DiffusersFolder.unet(snapshot).files().get(0);
    }
}
