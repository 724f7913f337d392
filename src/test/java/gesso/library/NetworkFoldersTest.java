package gesso.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFoldersTest {
    private static final Path RESOURCES = Path.of("src/test/resources");

    @TempDir
    Path root;

    /** An empty file, or a copy of one of the tests'. */
    private Path put(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return content.isEmpty() ? Files.createFile(file) : Files.copy(RESOURCES.resolve(content), file);
    }

    private NetworkFolders below(String folder) {
        return new NetworkFolders(
                List.of(root.resolve(folder)), new HashCache(root.resolve("cache")), new NetworkFolders.Aliases());
    }

    @Test
    void aLoraIsFoundByItsNameWhateverItsCaseOrByWhatItCallsItself() throws IOException {
        Path ink = put("models/Lora/styles/ink_v2.safetensors", "lora/pictures/ink.safetensors");
        Path upper = put("models/Lora/INK.safetensors", "");
        Path lower = put("models/Lora/people/ink.safetensors", "");
        NetworkFolders folders = below("models");
        assertEquals(Optional.of(ink), folders.lora("Ink wash")); // its maker's name
        assertEquals(Optional.of(ink), folders.lora("ink WASH "));
        assertEquals(Optional.of(ink), folders.lora("INK_V2"));
        assertEquals(Optional.of(upper), folders.lora("INK"));
        assertEquals(Optional.of(lower), folders.lora("ink"));
        assertEquals(Optional.of(lower), folders.lora("people\\ink"));
        assertEquals(Optional.of(ink), folders.lora("styles/ink_v2.safetensors"));
        assertEquals(Optional.empty(), folders.lora("wash"));
        assertEquals(Optional.empty(), folders.lora("nk"));
        assertEquals(List.of("ink_v2"), folders.nearest("ink_v3"));
    }

    @Test
    void aProgramsOtherFoldersAreFoundBesideThatOfItsCheckpoints() throws IOException {
        Path lora = put("webui/models/Lora/a.safetensors", "");
        Path lycoris = put("webui/models/LyCORIS/b.safetensors", "");
        Path beside = put("webui/embeddings/c.pt", "");
        Path comfy = put("ComfyUI/models/loras/d.safetensors", "");
        Path inside = put("ComfyUI/models/embeddings/e.safetensors", "");
        Files.createDirectories(root.resolve("webui/models/Stable-diffusion"));
        Files.createDirectories(root.resolve("ComfyUI/models/checkpoints"));
        NetworkFolders webui = below("webui/models/Stable-diffusion");
        assertEquals(Optional.of(lora), webui.lora("a"));
        assertEquals(Optional.of(lycoris), webui.lora("b"));
        assertEquals(Map.of("c", beside), webui.embeddingsByName());
        assertEquals(Map.of("c", beside), below("webui/models").embeddingsByName());
        NetworkFolders other = below("ComfyUI/models/checkpoints");
        assertEquals(Optional.of(comfy), other.lora("d"));
        assertEquals(Map.of("e", inside), other.embeddingsByName());
    }

    @Test
    void aPictureIsAnEmbeddingWhereItHoldsOneAndIsNamedWithin() throws IOException {
        Path hidden = put("models/embeddings/download (1).png", "embeddings/pixels.png");
        Path text = put("models/embeddings/b.png", "embeddings/text.png");
        Path file = put("models/embeddings/shown.pt", "embeddings/zorbl.pt");
        put("models/embeddings/shown.png", "embeddings/two.png");
        put("models/embeddings/shown.preview.png", "embeddings/text.png");
        put("models/embeddings/alone.png", "embeddings/two.png");
        put("models/embeddings/broken.png", "");
        assertEquals(
                Map.of("zorbl", hidden, "glimmer", text, "shown", file),
                below("models").embeddingsByName());
    }

    @Test
    void ofTwoWithOneNameTheFirstFolderCounts() throws IOException {
        Path first = put("one/embeddings/x.pt", "");
        put("two/embeddings/x.pt", "");
        NetworkFolders both = new NetworkFolders(
                List.of(root.resolve("one"), root.resolve("two")),
                new HashCache(root.resolve("cache")),
                new NetworkFolders.Aliases());
        assertEquals(Map.of("x", first), both.embeddingsByName());
    }
}
