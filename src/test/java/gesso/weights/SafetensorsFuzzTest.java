package gesso.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFuzzTest {
    @TempDir
    Path folder;

    @Test
    void brokenFilesGetASentence() throws IOException {
        fuzz(1, 1000);
    }

    @Test
    @Tag("long")
    void aHundredThousandBrokenFilesGetASentence() throws IOException {
        fuzz(2, 100_000);
    }

    private void fuzz(long seed, int count) throws IOException {
        byte[] small = Fixtures.safetensors(
                "{\"__metadata__\":{\"a\":\"b\\u00e9\"},\"t\":{\"dtype\":\"F16\",\"shape\":[2,3],\"data_offsets\":[0,12]},"
                        + "\"u\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[12,20]}}",
                20);
        byte[] all = Files.readAllBytes(Fixtures.path("types.safetensors"));
        new Fuzzing(
                        seed,
                        List.of(small, small, all, Fixtures.safetensors("{}  ", 0)),
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"",
                        ",",
                        ":",
                        "\\u",
                        "\\",
                        "[[[[",
                        "{\"a\":",
                        "\"F64\"",
                        "\"F8_E4M3\"",
                        "\"shape\":",
                        "\"dtype\":",
                        "\"data_offsets\":",
                        "\"t\":",
                        "-",
                        "1e9",
                        "0.5",
                        "null",
                        "\u00ff")
                .run(count, folder.resolve("fuzz.safetensors"), SafetensorsFile::open);
    }
}
