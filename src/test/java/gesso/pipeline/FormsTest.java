package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.GeneratedPicture;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.weights.DiffusersFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

    private static Picture picture(Path model) {
        return make(GenerationRequest.of(PROMPT, model, SIZE)).picture();
    }

    private static GeneratedPicture make(GenerationRequest request) {
        List<GeneratedPicture> made = new ArrayList<>();
        try (Pipeline pipeline = new Pipeline(
                "cpu",
                ASSETS.resolve("tokenizer/clip-merges.txt.gz"),
                f -> CompletableFuture.completedFuture("0".repeat(64)),
                VectorStore.NONE,
                () -> name -> List.of(),
                notice -> {})) {
            pipeline.generate(
                    request.withSeeds(SeedSettings.DEFAULT.withSeed(7))
                            .withSampling(request.sampling().withSteps(2)),
                    new CancelToken(),
                    new Heard(made));
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

    private record Heard(List<GeneratedPicture> made) implements Engine.Listener {
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
        public void notice(String sentence) {}
    }
}
