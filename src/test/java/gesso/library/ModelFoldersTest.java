package gesso.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFoldersTest {
    @TempDir
    Path root;

    private Path models;

    @BeforeEach
    void files() throws IOException {
        models = root.resolve("models");
        put("dreamshaper_8.safetensors", "dream");
        put("sd15/v1-5-pruned.safetensors", "pruned");
        put("sd15/old.ckpt", "old");
        put("sd15/notes.txt", "");
        put("vae/kl-f8.safetensors", "kl");
        put("vae-ft-mse-840000.safetensors", "mse");
        put("lora/style.safetensors", "style");
        put(".hidden/x.safetensors", "x");
        put("half.safetensors.part", "h");
    }

    private Path put(String name, String content) throws IOException {
        Path file = models.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, content);
    }

    private ModelFolders folders() {
        return new ModelFolders(List.of(root.resolve("none"), models), new HashCache(root.resolve("cache")), null);
    }

    private static List<String> names(List<InstalledModel> models) {
        return models.stream().map(InstalledModel::name).toList();
    }

    @Test
    void aFolderThatIsOneModelIsOneEntry() throws IOException {
        put("painter/model_index.json", "{}");
        put("painter/unet/diffusion_pytorch_model.safetensors", "1234");
        put("painter/vae/diffusion_pytorch_model.safetensors", "12");
        put("networks/unet/model.onnx", "123");
        put("models--artist--painter/snapshots/01/unet/config.json", "{}");
        ModelFolders folders = folders();
        assertEquals(
                List.of("dreamshaper_8", "networks", "old", "painter", "painter", "v1-5-pruned"),
                names(folders.checkpoints()));
        assertEquals(
                8,
                folders.checkpoints().stream()
                        .filter(m -> m.path().equals(models.resolve("painter")))
                        .findFirst()
                        .orElseThrow()
                        .size());
        assertEquals(models.resolve("networks"), folders.resolve("networks"));
        assertEquals(
                models.resolve("painter"),
                folders.resolve(models.resolve("painter").toString()));
        assertEquals(List.of("kl-f8", "vae-ft-mse-840000"), names(folders.vaes()));
        assertEquals(models.resolve("vae/kl-f8.safetensors"), folders.resolveVae("kl-f8"));
        assertEquals(
                "There is no VAE \"kl-f9\"; did you mean kl-f8?",
                assertThrows(BadInput.class, () -> folders.resolveVae("kl-f9")).sentence());
    }

    @Test
    void findsCheckpointsInSubFolders() {
        assertEquals(
                List.of("dreamshaper_8", "old", "v1-5-pruned"), names(folders().checkpoints()));
        assertEquals(List.of("kl-f8", "vae-ft-mse-840000"), names(folders().vaes()));
        assertEquals(5, folders().checkpoints().get(0).size());
    }

    @Test
    void whatGoesWithACheckpointIsFoundByItsFolder() throws IOException {
        put("Lora/ink/Ink.safetensors", "x");
        put("Lora/notes.txt", "x");
        put("loras/flat.pt", "x");
        put("Lora/.hidden.safetensors", "x");
        put("embeddings/easynegative.bin", "x");
        put("ControlNet/canny.pth", "x");
        put("sd15/ESRGAN/4x.pth", "x");
        assertEquals(List.of("flat", "Ink", "style"), names(folders().networks(NetworkKind.LORA)));
        assertEquals(List.of("easynegative"), names(folders().networks(NetworkKind.EMBEDDING)));
        assertEquals(List.of("canny"), names(folders().networks(NetworkKind.CONTROLNET)));
        assertEquals(List.of("4x"), names(folders().networks(NetworkKind.UPSCALER)));
        assertEquals(
                List.of("dreamshaper_8", "old", "v1-5-pruned"), names(folders().checkpoints()));
    }

    @Test
    void resolvesWhatAUserTypes() {
        Path dream = models.resolve("dreamshaper_8.safetensors");
        Path pruned = models.resolve("sd15/v1-5-pruned.safetensors");
        ModelFolders folders = folders();
        for (String name : List.of(
                "dreamshaper_8",
                "DreamShaper_8",
                "dreamshaper_8.safetensors",
                "dreamshaper_8 [0123456789]",
                dream.toString())) {
            assertEquals(dream, folders.resolve(name), name);
        }
        assertEquals(pruned, folders.resolve("sd15/v1-5-pruned"));
        assertEquals(pruned, folders.resolve("sd15\\v1-5-pruned.safetensors"));
    }

    @Test
    void namesTheNearest() {
        String near = assertThrows(BadInput.class, () -> folders().resolve("dreamshaper8"))
                .sentence();
        assertEquals("There is no model \"dreamshaper8\"; did you mean dreamshaper_8?", near);
        String far = assertThrows(BadInput.class, () -> folders().resolve("qqqqqqqqqqq"))
                .sentence();
        assertEquals("There is no model \"qqqqqqqqqqq\"; there are: dreamshaper_8, old, v1-5-pruned.", far);
        ModelFolders empty = new ModelFolders(List.of(root.resolve("none")), new HashCache(root), null);
        assertTrue(assertThrows(BadInput.class, () -> empty.resolve("x\0y"))
                .sentence()
                .contains("put one into"));
    }

    @Test
    void hashesAreComputedOnceForAStateOfAFile() throws IOException {
        Path old = models.resolve("sd15/old.ckpt");
        HashCache hashes = new HashCache(root.resolve("cache"));
        assertEquals(Optional.empty(), hashes.cached(old));
        String hash = hashes.of(old);
        // printf old | sha256sum
        assertEquals("cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4", hash);
        HashCache again = new HashCache(root.resolve("cache"));
        assertEquals(Optional.of(hash), again.cached(old));
        assertEquals(Optional.of(old), folders().checkpoint("another name", hash.substring(0, 10)));
        assertEquals(
                "old [" + hash.substring(0, 10) + "]",
                folders().checkpoints().get(1).title());
        assertEquals(old, folders().resolve(hash.substring(0, 10)));
        Files.writeString(old, "new");
        Files.setLastModifiedTime(old, FileTime.fromMillis(1_000_000));
        assertEquals(Optional.empty(), again.cached(old));
        assertFalse(hash.equals(again.of(old)));
    }

    @Test
    void theDefaultIsTheLastUsedElseTheStarter() throws IOException {
        assertEquals(
                Optional.of(models.resolve("dreamshaper_8.safetensors")),
                folders().defaultModel());
        Path starter = put("gesso-starter.safetensors", "s");
        assertEquals(Optional.of(starter), folders().defaultModel());
        Path old = models.resolve("sd15/old.ckpt");
        HashCache hashes = new HashCache(root);
        assertEquals(Optional.of(old), new ModelFolders(List.of(models), hashes, old).defaultModel());
        Path gone = models.resolve("gone.ckpt");
        assertEquals(Optional.of(starter), new ModelFolders(List.of(models), hashes, gone).defaultModel());
    }

    @Test
    void aLoopOfLinksEnds() throws IOException {
        Files.createSymbolicLink(models.resolve("sd15/loop"), models);
        assertEquals(
                List.of("dreamshaper_8", "old", "v1-5-pruned"), names(folders().checkpoints()));
    }
}
