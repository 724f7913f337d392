package gesso.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.PictureFiles;
import gesso.image.metadata.Infotext;
import gesso.image.metadata.PictureMetadata;
import gesso.library.Json;
import gesso.request.GessoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlotCommandTest {
    @TempDir
    Path home;

    private FakeWorkshop gesso = new FakeWorkshop(Path.of("target"));

    @BeforeEach
    void open() {
        gesso = new FakeWorkshop(home);
    }

    @Test
    void everyCellIsAPictureAndTheGridIsTheLast() {
        Path grid = home.resolve("grid.png");
        assertEquals(
                0,
                gesso.run("plot", "owl", "--x", "Steps=8-20 (+4)", "--y", "CFG Scale=3,7", "--out", grid.toString()));
        List<String> printed = gesso.printed().lines().toList();
        assertEquals(9, printed.size());
        assertEquals(grid.toString(), printed.get(8));
        assertTrue(PictureFiles.read(grid).width() > 4 * 128);
        Infotext text = Infotext.parse(PictureMetadata.read(grid).parameters().orElseThrow());
        assertEquals("8, 12, 16, 20", text.get("X Values"));
        assertEquals("CFG Scale", text.get("Y Type"));
        // One seed for all, though none was given.
        assertEquals(
                1, gesso.requests.stream().map(r -> r.seeds().seed()).distinct().count());
    }

    @Test
    void aFolderTakesCellsAndGrids() throws IOException {
        Path folder = Files.createDirectory(home.resolve("plots"));
        assertEquals(
                0,
                gesso.run("plot", "owl", "--x", "Seed=1-2", "--z", "Steps=5,6", "--out", folder.toString(), "--json"));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(6, files.count());
        }
        String last = gesso.printed().lines().reduce((a, b) -> b).orElseThrow();
        assertTrue(Json.readObject(last).containsKey("grid"), last);
    }

    @Test
    void cellsThatFailAreSaidOnce() {
        gesso.fault = new GessoException("The VAE gave no numbers.");
        assertEquals(1, gesso.run("plot", "owl", "--x", "Steps=4,5"));
        assertEquals("The VAE gave no numbers.", gesso.said());
        assertEquals("", gesso.printed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Steps=0", "Steps=many", "Stops=1", "Steps", "Prompt S/R=cat,dog", "Checkpoint name=nothing"})
    void whatCannotBePlottedIsASentence(String axis) {
        assertEquals(2, gesso.run("plot", "owl", "--x", axis));
        assertEquals(1, gesso.said().lines().count(), gesso.said());
        assertEquals(List.of(), gesso.requests);
    }
}
