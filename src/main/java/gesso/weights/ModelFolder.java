package gesso.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder that is one model: a diffusers pipeline, one of its networks alone, or networks that are ONNX files. */
public final class ModelFolder {
    private ModelFolder() {}

    /** Whether the folder is one. Reads no file. */
    public static boolean is(Path folder) {
        return isWhole(folder) || isNetwork(folder);
    }

    /** Whether pictures are made with it. Reads no file. */
    public static boolean isWhole(Path folder) {
        return DiffusersFolder.is(folder) || OnnxFolder.is(folder);
    }

    /** Whether it is one network of diffusers alone, such as a VAE. Reads no file. */
    public static boolean isNetwork(Path folder) {
        return ComponentFolder.is(folder);
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
     * The file whose hash a model is known by: itself, or of a folder the file of its UNet or its one network, the first where there are several.
     *
     * @throws gesso.request.BadInput where the folder has none
     */
    public static Path main(Path model) {
        if (!Files.isDirectory(model)) {
            return model;
        }
        Path snapshot = HuggingFaceCache.snapshot(model);
        if (OnnxFolder.is(model)) {
            return OnnxFolder.unet(snapshot);
        }
        WeightFile weights =
                DiffusersFolder.is(model) ? DiffusersFolder.unet(snapshot) : ComponentFolder.weights(snapshot);
        return weights.files().get(0);
    }
}
