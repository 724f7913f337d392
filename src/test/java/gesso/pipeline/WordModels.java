package gesso.pipeline;

import gesso.request.Picture;
import gesso.weights.DType;
import gesso.weights.SyntheticCheckpoint;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The small models and pictures of src/test/goldens/interrogate. */
public final class WordModels {
    private static final Path RESOURCES = Path.of("src/test/resources/interrogate");

    private WordModels() {}

    /** Writes a model of the script's shapes and values into the folder. */
    public static WeightFile write(String name, Path folder) throws IOException {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (String line : Files.readAllLines(RESOURCES.resolve(name + ".txt"))) {
            String[] words = line.split(" ", -1);
            shapes.put(
                    words[0],
                    Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray());
        }
        Path file = folder.resolve(name + ".safetensors");
        SyntheticCheckpoint.write(file, shapes, DType.F32);
        return WeightFiles.open(file);
    }

    /** The script's. */
    public static Picture picture(int width, int height) {
        int[] argb = new int[width * height];
        for (int i = 0; i < argb.length; i++) {
            int x = i % width;
            int y = i / width;
            argb[i] = 0xff000000 | (x * 7 + y * 3) % 256 << 16 | (x * x + y * 5) % 256 << 8 | (x * y * 2 + 40) % 256;
        }
        return new Picture(width, height, argb);
    }
}
