package gesso.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PickleFuzzTest {
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
        List<byte[]> seeds = new ArrayList<>();
        for (String name : List.of("zip.pt", "legacy.pt", "lightning.ckpt", "embedding.pt", "loop.pt", "bomb.pt")) {
            seeds.add(Files.readAllBytes(Fixtures.path(name)));
        }
        new Fuzzing(
                        seed,
                        seeds,
                        "(",
                        ")",
                        "}",
                        "]",
                        "t",
                        "u",
                        "s",
                        "e",
                        "a",
                        "R",
                        "b",
                        "Q",
                        "0",
                        "1",
                        "2",
                        ".",
                        "N",
                        "q\0",
                        "h\0",
                        "h\1",
                        "r\377\377\377\377",
                        "j\0\0\0\0",
                        "cposix\nsystem\n",
                        "ccollections\nOrderedDict\n",
                        "ctorch._utils\n_rebuild_tensor_v2\n",
                        "ctorch\nFloatStorage\n",
                        "X\377\377\377\177",
                        "\u008b\4\0\0\0",
                        "\u008d\377\377\377\377\377\377\377\377",
                        "\u0086",
                        "\u0087",
                        "\u0085",
                        "\u0081",
                        "\u0093",
                        "\u0094",
                        "PK\1\2",
                        "PK\3\4",
                        "PK\5\6",
                        "PK\6\6",
                        "PK\6\7",
                        "]q\1h\1a",
                        "((((")
                .run(count, folder.resolve("fuzz.pt"), WeightFiles::open);
    }
}
