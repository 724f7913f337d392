package gesso.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever names and files a model comes in, it is the same model. */
class DiffusersFormsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd1-sharded-fp16", "sd2", "sdxl"})
    void aFolderHoldsWhatTheOneFileHolds(String name) throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of(name, folder);
        WeightFile whole = WeightFiles.open(fixture.single());
        WeightFile read = WeightFiles.open(fixture.folder(folder.resolve("pipeline.v1")));
        checkSame(whole, read, whole.weights().keySet());
        ModelInfo info = ModelInfo.of(read);
        assertEquals("pipeline.v1", info.title());
        assertEquals(Form.DIFFUSERS_FOLDER, info.form());
        assertEquals(ModelKind.CHECKPOINT, info.kind());
        assertEquals(Architecture.valueOf(name.replaceFirst("-.*", "").toUpperCase(Locale.ROOT)), info.architecture());
        assertEquals(name.equals("sd2") ? Prediction.V : Prediction.EPSILON, info.prediction());
        assertEquals(name.equals("sd2"), info.zeroTerminalSnr());
        assertTrue(info.hasVae() && info.hasTextEncoder());
        assertEquals(name.endsWith("fp16") ? "fp16" : "fp32", info.precision());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sdxl"})
    void oneFileWithDiffusersNames(String name) throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of(name, folder);
        WeightFile whole = WeightFiles.open(fixture.single());
        WeightFile read = WeightFiles.open(fixture.oneFile(folder.resolve("all.safetensors"), ""));
        checkSame(whole, read, whole.weights().keySet());
        assertEquals(Form.DIFFUSERS_FILE, ModelInfo.of(read).form());
    }

    @Test
    void aUnetAlone() throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of("sd1", folder);
        WeightFile read = WeightFiles.open(fixture.oneFile(folder.resolve("unet.safetensors"), "unet"));
        checkSame(WeightFiles.open(fixture.single()), read, under(fixture, "model.diffusion_model."));
        ModelInfo info = ModelInfo.of(read);
        assertEquals(Architecture.SD1, info.architecture());
        assertEquals(false, info.hasVae() || info.hasTextEncoder());
    }

    @Test
    void aVaeAloneUnderBothOfItsNames() throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of("sd1", folder);
        WeightFile whole = WeightFiles.open(fixture.single());
        for (Path file : List.of(
                fixture.oneFile(folder.resolve("vae.safetensors"), "vae"),
                fixture.oldVae(folder.resolve("old.safetensors")))) {
            WeightFile read = WeightFiles.open(file);
            checkSame(whole, read, under(fixture, "first_stage_model."));
            assertEquals(ModelKind.VAE, ModelInfo.of(read).kind());
        }
    }

    /** Files in Hugging Face's cache are links to files whose names are hashes, all in one folder. */
    @Test
    void huggingFaceCache() throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of("sd1", folder);
        Path repository = folder.resolve("models--artist--painter");
        cache(fixture.folder(folder.resolve("plain")), repository, "0123abcd");
        Files.createDirectories(repository.resolve("snapshots/ffff"));
        WeightFile read = WeightFiles.open(repository);
        checkSame(
                WeightFiles.open(fixture.single()),
                read,
                WeightFiles.open(fixture.single()).weights().keySet());
        assertEquals("painter", ModelInfo.of(read).title());
        assertEquals(
                "painter",
                WeightFiles.open(repository.resolve("snapshots/0123abcd")).name());
        Weight any = read.weights().get("model.diffusion_model.input_blocks.0.0.weight");
        assertEquals(
                repository.toRealPath().resolve("blobs"),
                read.path(Objects.requireNonNull(any)).getParent());
    }

    /** Puts a folder into Hugging Face's cache. */
    static void cache(Path plain, Path repository, String revision) throws IOException {
        Path blobs = Files.createDirectories(repository.resolve("blobs"));
        Files.createDirectories(repository.resolve("refs"));
        Files.writeString(repository.resolve("refs/main"), revision);
        List<Path> files;
        try (Stream<Path> all = Files.walk(plain)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path link = repository.resolve("snapshots/" + revision).resolve(plain.relativize(file));
            Path blob = blobs.resolve(Integer.toHexString(link.hashCode()));
            Files.move(file, blob);
            Path at = Files.createDirectories(Objects.requireNonNull(link.getParent()));
            Files.createSymbolicLink(link, at.relativize(blob));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../sd1.safetensors", "/etc/passwd", "a\\\\b.safetensors", "", ".safetensors", "c.txt"})
    void aTableOfShardsThatLeadsElsewhere(String file) throws IOException {
        Path table = folder.resolve("unet/diffusion_pytorch_model.safetensors.index.json");
        Files.createDirectories(table.getParent());
        Files.writeString(folder.resolve("model_index.json"), "{}");
        Files.writeString(table, "{\"weight_map\":{\"a\":\"" + file + "\"}}");
        String sentence =
                assertThrows(BadInput.class, () -> WeightFiles.open(folder)).sentence();
        assertTrue(sentence.contains("which is no file of weights beside it"), sentence);
    }

    @Test
    void aFolderWithoutUnet() throws IOException {
        Files.writeString(folder.resolve("model_index.json"), "{}");
        String sentence =
                assertThrows(BadInput.class, () -> WeightFiles.open(folder)).sentence();
        assertTrue(sentence.contains("holds no weights of a UNet"), sentence);
    }

    private static Set<String> under(DiffusersFixture fixture, String prefix) {
        Set<String> names =
                new TreeSet<>(WeightFiles.open(fixture.single()).weights().keySet());
        names.removeIf(name -> !name.startsWith(prefix));
        return names;
    }

    private static void checkSame(WeightFile whole, WeightFile read, Set<String> names) {
        Set<String> found = new TreeSet<>(read.weights().keySet());
        found.removeIf(name -> name.endsWith(".position_ids"));
        assertEquals(new TreeSet<>(names), found);
        for (String name : names) {
            Weight wanted = Objects.requireNonNull(whole.weights().get(name));
            Weight weight = Objects.requireNonNull(read.weights().get(name));
            if (!name.contains(".attn_1.")) { // there, a matrix may stand for a 1×1 convolution
                assertArrayEquals(wanted.shape(), weight.shape(), name);
            }
            assertArrayEquals(Fixtures.read(whole, wanted), Fixtures.read(read, weight), name);
        }
    }
}
