package gesso.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelInstallTest {
    @TempDir
    Path root;

    @Test
    void aModelIsPutWhereItsKindBelongsAndNothingIsReplaced() throws IOException {
        Path starter = Folders.assets().orElseThrow().resolve("models/gesso-starter.safetensors");
        Path file = Files.copy(starter, root.resolve("painter.safetensors"));
        Path models = root.resolve("models");
        String sentence = ModelInstall.install(file, models);
        assertEquals("painter.safetensors (checkpoint) is now in " + models + ".", sentence);
        assertEquals(-1, Files.mismatch(file, models.resolve("painter.safetensors")));
        assertTrue(assertThrows(BadInput.class, () -> ModelInstall.install(file, models))
                .sentence()
                .contains("already"));
    }

    @Test
    void whatIsNoModelIsRefusedAndLeavesNothing() throws IOException {
        Path text = Files.writeString(root.resolve("notes.safetensors"), "notes");
        assertThrows(BadInput.class, () -> ModelInstall.install(text, root.resolve("models")));
        assertFalse(Files.exists(root.resolve("models/notes.safetensors")));
    }
}
