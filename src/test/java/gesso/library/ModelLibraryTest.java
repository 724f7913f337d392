package gesso.library;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLibraryTest {
    @TempDir
    Path root;

    private ModelFolders folders(Path... models) {
        return new ModelFolders(List.of(models), new HashCache(root.resolve("cache")), null);
    }

    private ModelLibrary library() {
        return new ModelLibrary(new FactsCache(root.resolve("cache")), new ModelMarks(root.resolve("own")));
    }

    private Map<String, LibraryEntry> looked(Path... models) {
        ModelLibrary library = library();
        Map<String, LibraryEntry> all = new TreeMap<>();
        List<LibraryEntry> entries = library.list(folders(models)).entries();
        library.look(entries, entry -> all.put(entry.name(), entry), new CancelToken());
        return all;
    }

    /** One of each kind, flat, as a download folder has them. */
    private Path mixed() throws IOException {
        Path mixed = Files.createDirectories(root.resolve("mixed"));
        Path starter = Folders.assets().orElseThrow().resolve("models/gesso-starter.safetensors");
        Files.copy(starter, mixed.resolve("painter.safetensors"));
        TinyModels.write(mixed.resolve("ink.safetensors"), TinyModels.LORA);
        TinyModels.write(mixed.resolve("easy.safetensors"), TinyModels.EMBEDDING);
        TinyModels.write(mixed.resolve("kl-f8.safetensors"), TinyModels.VAE);
        TinyModels.write(mixed.resolve("taesd_decoder.safetensors"), TinyModels.TINY_VAE);
        TinyModels.write(mixed.resolve("canny.safetensors"), TinyModels.CONTROLNET);
        TinyModels.write(mixed.resolve("4x.safetensors"), TinyModels.UPSCALER);
        TinyModels.write(mixed.resolve("clip.safetensors"), TinyModels.CLIP);
        TinyModels.write(mixed.resolve("flux1-dev.safetensors"), TinyModels.FLUX);
        TinyModels.write(mixed.resolve("ft-mse/diffusion_pytorch_model.safetensors"), TinyModels.DIFFUSERS_VAE);
        Files.writeString(mixed.resolve("ft-mse/config.json"), "{}");
        byte[] whole = Files.readAllBytes(mixed.resolve("kl-f8.safetensors"));
        Files.write(mixed.resolve("half.safetensors"), Arrays.copyOf(whole, whole.length - 10));
        Files.writeString(mixed.resolve("page.safetensors"), "<!doctype html><html></html>");
        Files.writeString(mixed.resolve("notes.txt"), "notes");
        return mixed;
    }

    @Test
    void aMixedFolderIsToldApartByWhatIsInTheFiles() throws IOException {
        Map<String, LibraryEntry> all = looked(mixed());
        Map<String, Shelf> shelves = new TreeMap<>();
        all.forEach((name, entry) -> shelves.put(name, entry.shelf()));
        assertEquals(
                new TreeMap<>(Map.ofEntries(
                        entry("painter", Shelf.CHECKPOINT),
                        entry("ink", Shelf.LORA),
                        entry("easy", Shelf.EMBEDDING),
                        entry("kl-f8", Shelf.VAE),
                        entry("taesd_decoder", Shelf.VAE),
                        entry("ft-mse", Shelf.VAE),
                        entry("canny", Shelf.CONTROLNET),
                        entry("4x", Shelf.UPSCALER),
                        entry("clip", Shelf.INTERROGATOR),
                        entry("flux1-dev", Shelf.CHECKPOINT),
                        entry("half", Shelf.CHECKPOINT),
                        entry("page", Shelf.CHECKPOINT))),
                shelves);
        assertEquals("Stable Diffusion 1", facts(all, "ink").family());
        assertEquals("Stable Diffusion 1", facts(all, "canny").family());
        assertEquals("fp16", facts(all, "ink").precision());
        assertEquals("preview VAE", facts(all, "taesd_decoder").kind());
        assertEquals("diffusers folder", facts(all, "ft-mse").form());
        assertTrue(facts(all, "flux1-dev").trouble().contains("Flux"));
        assertTrue(facts(all, "page").trouble().contains("web page"));
        assertFalse(facts(all, "page").incomplete());
        assertTrue(facts(all, "half").incomplete());
    }

    private static ModelFacts facts(Map<String, LibraryEntry> all, String name) {
        return Objects.requireNonNull(Objects.requireNonNull(all.get(name)).facts());
    }

    @Test
    void whatWasFoundIsKnownTheNextTimeButWhatMayStillComeIsLookedAtAgain() throws IOException {
        Path mixed = mixed();
        looked(mixed);
        Map<String, LibraryEntry> next = new TreeMap<>();
        library().list(folders(mixed)).entries().forEach(entry -> next.put(entry.name(), entry));
        assertEquals(Shelf.LORA, Objects.requireNonNull(next.get("ink")).shelf());
        assertEquals("Stable Diffusion 1", facts(next, "ink").family());
        assertTrue(facts(next, "flux1-dev").trouble().contains("Flux"));
        assertNull(Objects.requireNonNull(next.get("half")).facts());
        TinyModels.write(mixed.resolve("half.safetensors"), TinyModels.VAE);
        TinyModels.write(mixed.resolve("ink.safetensors"), TinyModels.EMBEDDING);
        Map<String, LibraryEntry> later = looked(mixed);
        assertEquals(Shelf.VAE, Objects.requireNonNull(later.get("half")).shelf());
        assertEquals(Shelf.EMBEDDING, Objects.requireNonNull(later.get("ink")).shelf());
    }

    @Test
    void foldersTellWhatFilesAreUntilTheyAreLookedAt() throws IOException {
        Path comfy = root.resolve("ComfyUI");
        for (String file : List.of(
                "models/checkpoints/a.safetensors",
                "models/loras/b.safetensors",
                "models/vae_approx/taesd.pth",
                "models/upscale_models/d.pth",
                "models/embeddings/e.pt",
                "models/controlnet/f.pth",
                "models/clip_vision/g.safetensors",
                "venv/h.safetensors",
                "other/x/i.safetensors")) {
            Files.createDirectories(comfy.resolve(file).resolveSibling(""));
            Files.createFile(comfy.resolve(file));
        }
        Files.writeString(
                comfy.resolve("extra_model_paths.yaml"),
                "#comment\nmine:\n    base_path: other/\n    is_default: true\n    loras: |\n        x\n        missing\n");
        Map<String, Shelf> found = new TreeMap<>();
        library().list(folders(comfy)).entries().forEach(entry -> found.put(entry.name(), entry.shelf()));
        assertEquals(
                new TreeMap<>(Map.of(
                        "a", Shelf.CHECKPOINT,
                        "b", Shelf.LORA,
                        "taesd", Shelf.VAE,
                        "d", Shelf.UPSCALER,
                        "e", Shelf.EMBEDDING,
                        "f", Shelf.CONTROLNET,
                        "g", Shelf.INTERROGATOR,
                        "i", Shelf.CHECKPOINT)),
                found);
    }

    @Test
    void theProgramsFoldersAreUnderstood() throws IOException {
        Path a1111 = root.resolve("webui");
        Files.createDirectories(a1111.resolve("models/Stable-diffusion"));
        Files.createDirectories(a1111.resolve("embeddings"));
        assertEquals(List.of(a1111.resolve("models"), a1111.resolve("embeddings")), ModelRoots.of(a1111));
        Path invoke = root.resolve("invokeai");
        TinyModels.write(invoke.resolve("models/sd-1/lora/ink.safetensors"), TinyModels.LORA);
        TinyModels.write(invoke.resolve("models/sd-1/vae/mse/diffusion_pytorch_model.safetensors"), TinyModels.VAE);
        Files.writeString(invoke.resolve("models/sd-1/vae/mse/config.json"), "{}");
        Map<String, LibraryEntry> all = looked(invoke);
        assertEquals(Shelf.LORA, Objects.requireNonNull(all.get("ink")).shelf());
        assertEquals(Shelf.VAE, Objects.requireNonNull(all.get("mse")).shelf());
        assertEquals(1, folders(invoke).vaes().size());
        assertEquals(1, folders(invoke).networks(NetworkKind.LORA).size());
        assertEquals(0, folders(invoke).checkpoints().size());
    }

    @Test
    void nothingInAModelFolderIsChanged() throws IOException {
        Path mixed = mixed();
        Files.writeString(mixed.resolve("ink.civitai.info"), "{\"trainedWords\":[\"ink\"]}");
        List<String> before = listing(mixed);
        ModelLibrary library = library();
        for (LibraryEntry entry : looked(mixed).values()) {
            library.mark(entry, new ModelMarks.Mark(true, "mine"));
            SideCar.of(entry.path());
        }
        HashCache hashes = new HashCache(root.resolve("cache"));
        hashes.of(mixed.resolve("ink.safetensors"));
        hashes.of(mixed.resolve("ft-mse"));
        assertEquals(before, listing(mixed));
    }

    private static List<String> listing(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> all = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                all.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
            return all;
        }
    }

    @Test
    void favouritesAndNotesStayWithAModelThatMoves() {
        Path lora = TinyModels.write(root.resolve("m/loras/ink.safetensors"), TinyModels.LORA);
        ModelLibrary library = library();
        LibraryEntry entry = library.list(folders(root.resolve("m"))).entries().get(0);
        assertFalse(entry.favourite());
        LibraryEntry marked = library.mark(entry, new ModelMarks.Mark(true, "for night scenes"));
        assertTrue(marked.favourite());
        TinyModels.write(root.resolve("m/loras/night/ink.safetensors"), TinyModels.LORA);
        assertTrue(lora.toFile().delete());
        LibraryEntry moved =
                library().list(folders(root.resolve("m"))).entries().get(0);
        assertTrue(moved.favourite());
        assertEquals("for night scenes", moved.note());
        assertTrue(moved.matches("NIGHT ink"));
        assertFalse(moved.matches("day"));
        library().mark(moved, new ModelMarks.Mark(false, ""));
        assertFalse(library().list(folders(root.resolve("m"))).entries().get(0).favourite());
    }

    @Test
    void aBrokenFileOfMarksIsKeptAside() throws IOException {
        Files.createDirectories(root.resolve("own"));
        Files.writeString(root.resolve("own/model-marks.json"), "{broken");
        TinyModels.write(root.resolve("m/ink.safetensors"), TinyModels.LORA);
        ModelLibrary library = library();
        library.mark(library.list(folders(root.resolve("m"))).entries().get(0), new ModelMarks.Mark(true, ""));
        assertEquals("{broken", Files.readString(root.resolve("own/model-marks.broken.json")));
        assertTrue(library().list(folders(root.resolve("m"))).entries().get(0).favourite());
    }

    @Test
    void sideCarsSayWordsAndPreviewsAreFound() throws IOException {
        Path lora = TinyModels.write(
                root.resolve("m/Ink.safetensors"),
                TinyModels.LORA,
                Map.of("ss_tag_frequency", "{\"1_ink\":{\"brush\":3,\"ink\":7}}"));
        assertEquals(List.of("ink", "brush"), SideCar.of(lora).words());
        Files.createFile(root.resolve("m/Ink.PNG"));
        Files.createFile(root.resolve("m/ink.preview.png"));
        Files.writeString(
                root.resolve("m/Ink.json"),
                "{\"activation text\":\"inkstyle, \",\"preferred weight\":0.8,\"notes\":\"soft\"}");
        Files.writeString(
                root.resolve("m/Ink.civitai.info"),
                "{\"name\":\"v2\",\"model\":{\"name\":\"Ink wash\"},\"trainedWords\":[\"inkwash\",3],"
                        + "\"description\":\"<p>Use it &amp; <b>like</b> it</p>\"}");
        SideCar side = SideCar.of(lora);
        assertEquals("Ink wash · v2", side.title());
        assertEquals(List.of("inkwash", "inkstyle"), side.words());
        assertEquals(0.8, side.weight());
        assertEquals("soft\nUse it & like it", side.description());
        LibraryEntry entry =
                library().list(folders(root.resolve("m"))).entries().get(0);
        assertEquals(root.resolve("m/ink.preview.png"), entry.preview());
        Files.writeString(root.resolve("m/Ink.civitai.info"), "[broken");
        assertEquals(List.of("inkstyle"), SideCar.of(lora).words());
    }

    /** Prints what a large library costs: nothing is asserted of time. */
    @Test
    @Tag("long")
    void tenThousandFiles() throws IOException {
        byte[] lora = Files.readAllBytes(TinyModels.write(root.resolve("one.safetensors"), TinyModels.LORA));
        for (int i = 0; i < 10_000; i++) {
            Path folder = root.resolve("m/loras/" + i / 200);
            Files.createDirectories(folder);
            Files.write(folder.resolve("lora" + i + ".safetensors"), lora);
            Files.createFile(folder.resolve("lora" + i + ".preview.png"));
        }
        for (int round = 0; round < 3; round++) {
            ModelLibrary library = library();
            long start = System.nanoTime();
            List<LibraryEntry> entries =
                    library.list(folders(root.resolve("m"))).entries();
            long listed = System.nanoTime();
            library.look(entries, entry -> {}, new CancelToken());
            long looked = System.nanoTime();
            assertEquals(10_000, entries.size());
            System.out.printf(
                    "10,000 models: listed in %.2f s, looked at in %.2f s%n",
                    (listed - start) / 1e9, (looked - listed) / 1e9);
        }
    }
}
