package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.FamilyCheckpoints;
import gesso.image.GeneratedPicture;
import gesso.image.metadata.InfotextWriter;
import gesso.prompt.Wildcards;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.InvalidRequest;
import gesso.request.Picture;
import gesso.request.Refiner;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.SeedSettings;
import gesso.request.Size;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refiners and models that edit, on small models of exact structure. */
class FamilyPipelineTest {
    private static final Path MERGES =
            Path.of(System.getProperty("gesso.assets")).resolve("tokenizer/clip-merges.txt.gz");
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final Size SIZE = new Size(64, 64);

    @TempDir
    static Path folder;

    private final FamilyCheckpoints checkpoints = new FamilyCheckpoints(folder);
    private final Pipeline pipeline = new Pipeline(
            "cpu",
            MERGES,
            f -> CompletableFuture.completedFuture(HASH),
            VectorStore.NONE,
            () -> Wildcards.NONE,
            Path::of,
            () -> NetworkLibrary.EMPTY,
            notice -> {
                throw new AssertionError(notice);
            });

    @AfterEach
    void close() {
        pipeline.close();
    }

    private GenerationRequest request(String model) {
        GenerationRequest request = GenerationRequest.of("owl", checkpoints.file(model), SIZE);
        return request.withSampling(request.sampling().withSteps(3)).withSeeds(SeedSettings.DEFAULT.withSeed(7));
    }

    private GenerationRequest refined(String model, String refiner, double at) {
        return request(model).edit(e -> e.refiner(new Refiner(checkpoints.file(refiner), at)));
    }

    private GeneratedPicture make(GenerationRequest request) {
        List<GeneratedPicture> made = new ArrayList<>();
        pipeline.generate(request, new CancelToken(), new Keeping(made));
        return made.get(0);
    }

    private static Map<String, String> told(GeneratedPicture picture) {
        return InfotextWriter.write(picture).settings();
    }

    @Test
    void aPictureTellsOfTheRefinerThatFinishedIt() {
        Map<String, String> told = told(make(refined("sdxl", "refiner", 0.5)));
        assertEquals("refiner [0123456789]", told.get("Refiner"));
        assertEquals("0.5", told.get("Refiner switch at"));
        // The last timestep is never wholly gone through, so that a switch at 1 does not come.
        GeneratedPicture without = make(refined("sdxl", "refiner", 1));
        assertTrue(!told(without).containsKey("Refiner"));
        assertEquals(make(request("sdxl")).picture(), without.picture());
    }

    @Test
    void withHiresFixTheSecondPassAloneIsRefined() {
        UnaryOperator<GenerationRequest> enlarged = r -> r.edit(e -> e.hires(Hires.DEFAULT));
        GeneratedPicture plain = make(enlarged.apply(request("sdxl")));
        // From the first step on: what the first pass made must still be the first model's.
        GeneratedPicture both = make(enlarged.apply(refined("sdxl", "refiner", 0)));
        assertTrue(!plain.picture().equals(both.picture()));
        assertEquals("refiner [0123456789]", told(both).get("Refiner"));
        Hires nothing = new Hires(1, SIZE, "Latent", 0, 0, null, null, 0, "", "");
        GenerationRequest kept = refined("sdxl", "refiner", 0).edit(e -> e.hires(nothing));
        assertEquals(
                make(request("sdxl").edit(e -> e.hires(nothing))).picture(),
                make(kept).picture());
    }

    @Test
    void whatCannotRefineIsNamed() {
        BadInput family = assertThrows(BadInput.class, () -> make(refined("sdxl", "tiny-sd", 0.8)));
        assertTrue(family.sentence().contains("tiny-sd") && family.sentence().contains("sdxl"), family.sentence());
        BadInput form = assertThrows(BadInput.class, () -> make(refined("sdxl", "sdxl-inpainting", 0.8)));
        assertTrue(form.sentence().contains("inpainting"), form.sentence());
    }

    @Test
    void aModelThatEditsNeedsAPictureAndOneInstruction() {
        InvalidRequest without = assertThrows(InvalidRequest.class, () -> make(request("sd1-instruct")));
        assertEquals("model", without.field());
        Picture grey = new Picture(64, 64, new int[64 * 64]);
        Rework rework = new Rework(grey, ResizeMode.JUST_RESIZE, 0.75, false, false, null);
        GenerationRequest edit =
                request("sd1-instruct").edit(e -> e.rework(rework).prompt("red AND blue"));
        assertEquals(
                "prompt", assertThrows(InvalidRequest.class, () -> make(edit)).field());
        assertEquals("1", told(make(edit.edit(e -> e.imageCfgScale(1)))).get("Image CFG scale"));
        assertEquals("1.5", told(make(edit.edit(e -> e.prompt("red")))).get("Image CFG scale"));
        assertTrue(!told(make(request("sdxl"))).containsKey("Image CFG scale"));
    }

    private record Keeping(List<GeneratedPicture> made) implements Engine.Listener {
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
            throw new AssertionError(sentence);
        }
    }
}
