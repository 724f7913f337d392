package gesso.weights;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JSON files of a diffusers folder, broken. */
class DiffusersFuzzTest {
    private static final String[] WORDS = {
        "{", "}", "\"", ",", ":", "[", "\\", "../", "t.safetensors", "\"weight_map\":", "\"t\":", "null"
    };

    @TempDir
    Path folder;

    @Test
    void brokenFilesGetASentence() throws IOException {
        fuzz(1, 500);
    }

    @Test
    @Tag("long")
    void aHundredThousandBrokenFilesGetASentence() throws IOException {
        fuzz(2, 100_000);
    }

    private void fuzz(long seed, int count) throws IOException {
        String header = "{\"t\":{\"dtype\":\"F16\",\"shape\":[2,3],\"data_offsets\":[0,12]}}";
        Files.write(folder.resolve("t.safetensors"), Fixtures.safetensors(header, 12));
        byte[] table = "{\"metadata\":{\"total_size\":12},\"weight_map\":{\"t\":\"t.safetensors\"}}"
                .getBytes(StandardCharsets.UTF_8);
        new Fuzzing(seed, List.of(table), WORDS).run(count, folder.resolve("x.index.json"), ShardedWeights::open);
        byte[] settings = "{\"_class_name\":\"DDIMScheduler\",\"prediction_type\":\"epsilon\",\"n\":[1,2.5,null]}"
                .getBytes(StandardCharsets.UTF_8);
        new Fuzzing(seed, List.of(settings), WORDS).run(count, folder.resolve("model_index.json"), this::settings);
    }

    private WeightFile settings(Path file) {
        return new HeaderFixtures.Header(file, Map.of(), JsonSettings.read(file), 0);
    }
}
