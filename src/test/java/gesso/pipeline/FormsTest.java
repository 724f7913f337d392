package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.GeneratedPicture;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.Emphasis;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.TextSettings;
import gesso.weights.Architecture;
import gesso.weights.DiffusersFixture;
import gesso.weights.Form;
import gesso.weights.ModelInfo;
import gesso.weights.WeightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model makes the same picture in whatever form it comes. */
class FormsTest {
    private static final Path ASSETS = Path.of(System.getProperty("gesso.assets"));

    private static final String PROMPT = "owl, blue background";
    private static final Size SIZE = new Size(64, 64);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd1-sharded-fp16", "sdxl"})
    void aDiffusersFolder(String name) throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of(name, folder);
        checkSame(picture(fixture.single()), picture(fixture.folder(folder.resolve("pipeline"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sdxl"})
    void oneFileWithDiffusersNames(String name) throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of(name, folder);
        checkSame(picture(fixture.single()), picture(fixture.oneFile(folder.resolve("all.safetensors"), "")));
    }

    /** torch's exports with optimum's inputs and outputs; half precision differs by what it rounds. */
    @ParameterizedTest
    @ValueSource(strings = {"onnx-sd1", "onnx-sdxl"})
    void aFolderOfOnnxNetworks(String name) throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of(name, folder);
        Path networks = fixture.onnxFolder(folder.resolve("networks"));
        checkSame(picture(fixture.single()), picture(networks));
        checkSame(
                make(clipSkip(fixture.single())).picture(),
                make(clipSkip(networks)).picture());
        checkSame(
                make(rework(fixture.single())).picture(), make(rework(networks)).picture());
        ModelInfo info = ModelInfo.of(WeightFiles.open(networks));
        assertEquals(name.endsWith("xl") ? Architecture.SDXL : Architecture.SD1, info.architecture());
        assertEquals(Form.ONNX_FOLDER, info.form());
        assertEquals("fp32", info.precision());
    }

    private static GenerationRequest clipSkip(Path model) {
        return GenerationRequest.of(PROMPT, model, SIZE).edit(e -> e.text(new TextSettings(Emphasis.ORIGINAL, 2)));
    }

    private static GenerationRequest rework(Path model) {
        int[] argb = new int[64 * 64];
        Arrays.setAll(argb, i -> 0xff000000 | (i * 2654435));
        return GenerationRequest.of(PROMPT, model, SIZE)
                .edit(e -> e.rework(
                        new Rework(new Picture(64, 64, argb), ResizeMode.JUST_RESIZE, 0.75, false, false, null)));
    }

    @Test
    void onnxNetworksOfHalfPrecision() throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of("onnx-sd1-fp16", folder);
        Path networks = fixture.onnxFolder(folder.resolve("networks"));
        assertEquals("fp16", ModelInfo.of(WeightFiles.open(networks)).precision());
        Picture whole = picture(fixture.single());
        Picture half = picture(networks);
        double difference = 0;
        for (int i = 0; i < whole.argb().length; i++) {
            difference += Math.abs((whole.argb()[i] & 255) - (half.argb()[i] & 255));
        }
        assertTrue(difference / whole.argb().length < 1.5, "mean difference " + difference / whole.argb().length);
    }

    @Test
    void onnxNetworksOfOneSize() throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of("onnx-sd1-static", folder);
        Path networks = fixture.onnxFolder(folder.resolve("networks"));
        BadInput refused =
                assertThrows(BadInput.class, () -> make(GenerationRequest.of(PROMPT, networks, new Size(128, 64))));
        assertTrue(refused.sentence().contains("alone, and"), refused.sentence());
    }

    /** Another VAE gives another picture; the checkpoint's own one in a file of its own gives the same. */
    @Test
    void aVaeBesideTheCheckpoint() throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of("sd1", folder);
        DiffusersFixture other = DiffusersFixture.of("sdxl", folder);
        Picture own = picture(fixture.single());
        Path vae = fixture.oldVae(folder.resolve("sd1.vae.safetensors"));
        GeneratedPicture automatic = make(GenerationRequest.of(PROMPT, fixture.single(), SIZE));
        checkSame(own, automatic.picture());
        assertEquals(Map.of("VAE", "sd1.vae.safetensors", "VAE hash", "0".repeat(10)), automatic.facts());
        Files.copy(other.oneFile(folder.resolve("x"), "vae"), vae, StandardCopyOption.REPLACE_EXISTING);
        GeneratedPicture none =
                make(GenerationRequest.of(PROMPT, fixture.single(), SIZE).edit(e -> e.vae(fixture.single())));
        checkSame(own, none.picture());
        assertEquals(Map.of(), none.facts());
    }

    /** A small VAE takes the latent as the UNet gives it. */
    @Test
    void aSmallVae() throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of("sd1", folder);
        Path tiny = Path.of("src/test/resources/forms/tiny.safetensors");
        GeneratedPicture made =
                make(GenerationRequest.of(PROMPT, fixture.single(), SIZE).edit(e -> e.vae(tiny)));
        assertEquals("tiny.safetensors", made.facts().get("VAE"));
        checkSame(made.picture(), made.picture());
        assertEquals(1f, Checkpoint.open(fixture.single(), tiny).latentScale());
        assertEquals(0.18215f, Checkpoint.open(fixture.single(), null).latentScale());
    }

    @Test
    void whatACheckpointLacks() throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of("sd1", folder);
        Path models = Files.createDirectories(folder.resolve("models/Stable-diffusion"));
        Path unet = fixture.oneFile(models.resolve("unet.safetensors"), "unet");
        String text =
                assertThrows(BadInput.class, () -> Checkpoint.open(unet, null)).sentence();
        assertTrue(text.startsWith("unet.safetensors holds no text encoder"), text);
        Path pipeline = fixture.folder(models.resolve("pipeline"));
        Files.move(pipeline.resolve("vae"), folder.resolve("away"));
        String vae = assertThrows(BadInput.class, () -> Checkpoint.open(pipeline, null))
                .sentence();
        assertTrue(vae.startsWith("pipeline holds no VAE, and none was found for it"), vae);
        Path place = Files.createDirectories(folder.resolve("models/VAE"));
        Files.writeString(place.resolve("broken.safetensors"), "x");
        fixture.oldVae(place.resolve("sdxl.safetensors"));
        assertThrows(BadInput.class, () -> Checkpoint.open(pipeline, null));
        fixture.oldVae(place.resolve("kl-f8.safetensors"));
        assertEquals(
                place.resolve("kl-f8.safetensors").toRealPath(),
                Checkpoint.open(pipeline, null).otherVae());
    }

    /** Encoders alone, as ComfyUI keeps them, or another checkpoint's; the VAE from anywhere in the library. */
    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sdxl"})
    void aUnetAloneTakesTheRestFromTheLibrary(String name) throws IOException {
        DiffusersFixture fixture = DiffusersFixture.of(name, folder);
        Path unet = fixture.oneFile(folder.resolve("alone/unet.safetensors"), "unet");
        Path pipeline = fixture.folder(folder.resolve("pipeline"));
        Path vae = fixture.oldVae(folder.resolve("elsewhere/" + name + ".safetensors"));
        List<Path> encoders = new ArrayList<>();
        for (String encoder : List.of("text_encoder_2", "text_encoder")) {
            Path file = pipeline.resolve(encoder + "/model.safetensors");
            if (Files.exists(file)) {
                encoders.add(file);
            }
        }
        Picture whole = picture(fixture.single());
        GenerationRequest request = GenerationRequest.of(PROMPT, unet, SIZE);
        List<String> notices = new ArrayList<>();
        checkSame(
                whole,
                make(request, new Library(List.of(vae), encoders, List.of()), notices::add)
                        .picture());
        assertEquals(2, notices.size());
        assertTrue(notices.get(0).startsWith("unet holds no text encoder: that of "), notices.get(0));
        assertEquals("unet holds no VAE: that of " + name + ".safetensors is used.", notices.get(1));
        checkSame(
                whole,
                make(request, new Library(List.of(vae), List.of(), List.of(unet, fixture.single())), notices::add)
                        .picture());
        DiffusersFixture other = DiffusersFixture.of(name.equals("sd1") ? "sdxl" : "sd1", folder);
        BadInput refused = assertThrows(
                BadInput.class,
                () -> make(request, new Library(List.of(vae), List.of(), List.of(other.single())), notices::add));
        assertTrue(refused.sentence().contains("clip_l.safetensors"), refused.sentence());
    }

    private record Library(List<Path> vaes, List<Path> textEncoders, List<Path> checkpoints) implements NetworkLibrary {
        @Override
        public Optional<Path> lora(String name) {
            return Optional.empty();
        }

        @Override
        public List<String> nearest(String name) {
            return List.of();
        }

        @Override
        public Map<String, Path> embeddings() {
            return Map.of();
        }
    }

    private static Picture picture(Path model) {
        return make(GenerationRequest.of(PROMPT, model, SIZE)).picture();
    }

    private static GeneratedPicture make(GenerationRequest request) {
        return make(request, NetworkLibrary.EMPTY, notice -> {});
    }

    private static GeneratedPicture make(GenerationRequest request, NetworkLibrary library, Consumer<String> notices) {
        List<GeneratedPicture> made = new ArrayList<>();
        try (Pipeline pipeline = new Pipeline(
                "cpu",
                ASSETS.resolve("tokenizer/clip-merges.txt.gz"),
                f -> CompletableFuture.completedFuture("0".repeat(64)),
                VectorStore.NONE,
                () -> name -> List.of(),
                Path::of,
                () -> library,
                notice -> {})) {
            pipeline.generate(
                    request.withSeeds(SeedSettings.DEFAULT.withSeed(7))
                            .withSampling(request.sampling().withSteps(2)),
                    new CancelToken(),
                    new Heard(made, notices));
        }
        return made.get(0);
    }

    private static void checkSame(Picture wanted, Picture found) {
        assertEquals(wanted.width(), found.width());
        boolean flat = true;
        for (int i = 0; i < wanted.argb().length; i++) {
            int a = wanted.argb()[i];
            int b = found.argb()[i];
            flat &= a == wanted.argb()[0];
            for (int shift = 0; shift < 24; shift += 8) {
                assertTrue(Math.abs(((a >> shift) & 255) - ((b >> shift) & 255)) <= 1, "pixel " + i);
            }
        }
        assertTrue(!flat, "the picture shows nothing");
    }

    private record Heard(List<GeneratedPicture> made, Consumer<String> notices) implements Engine.Listener {
        @Override
        public void loading(String network) {}

        @Override
        public void step(Engine.Step step) {}

        @Override
        public void progress(String task, int done, int total) {}

        @Override
        public void decoding(int picture) {}

        @Override
        public void picture(GeneratedPicture picture) {
            made.add(picture);
        }

        @Override
        public void notice(String sentence) {
            notices.accept(sentence);
        }
    }
}
