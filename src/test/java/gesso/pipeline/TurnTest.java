package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Picture;
import gesso.request.Sampler;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Turns on the way, on the starter model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TurnTest {
    private final Pipeline pipeline = ResumeTest.pipeline();

    @AfterAll
    void close() {
        pipeline.close();
    }

    private static GenerationRequest request(Sampler sampler) {
        GenerationRequest request = GenerationRequest.of("owl", ResumeTest.STARTER, new Size(64, 64));
        return request.withSeeds(SeedSettings.DEFAULT.withSeed(5))
                .withSampling(request.sampling().withSteps(7).withSampler(sampler));
    }

    private Picture make(GenerationRequest request) {
        return run(request).pictures.get(0);
    }

    private ResumeTest.Keeper run(GenerationRequest request) {
        return ResumeTest.run(pipeline, request, new ResumeTest.Keeper(new HashMap<>(), 0));
    }

    private static GenerationRequest turned(GenerationRequest request, Turn... turns) {
        return request.edit(e -> e.turns(List.of(turns)));
    }

    private static GenerationRequest by(GenerationRequest request, double cfg) {
        return request.withSampling(request.sampling().withCfgScale(cfg));
    }

    @ParameterizedTest
    @EnumSource(
            value = Sampler.class,
            names = {"EULER_A", "DPMPP_2M", "HEUN", "DDIM_CFGPP", "PLMS", "UNIPC"})
    void aTurnAtTheBeginningIsAnotherRequest(Sampler sampler) {
        GenerationRequest request = request(sampler);
        Picture other = make(by(request, 3).edit(e -> e.prompt("red fish").negativePrompt("blue")));
        assertEquals(other, make(turned(request, new Turn(0, "red fish", "blue", 3.0))));
        assertNotEquals(other, make(request));
        assertEquals(make(request), make(turned(request, new Turn(7, "red fish", "blue", 3.0))));
    }

    /** "[a:b:3]" has a in one run more than it says, as A1111 counts. */
    @ParameterizedTest
    @EnumSource(
            value = Sampler.class,
            names = {"EULER", "DPMPP_2M_SDE", "DDIM"})
    void aTurnOfThePromptIsPromptEditing(Sampler sampler) {
        GenerationRequest request = request(sampler);
        Picture edited = make(request.withPrompt("[owl:red fish:3]"));
        // Two texts that are encoded in one run of the text encoder differ by a last bit from each by itself.
        assertTrue(farthest(edited, make(turned(request, new Turn(4, "red fish", null, null)))) <= 1);
        assertTrue(farthest(edited, make(turned(request, new Turn(3, "red fish", null, null)))) > 4);
        assertTrue(farthest(edited, make(turned(request, new Turn(5, "red fish", null, null)))) > 4);
    }

    private static int farthest(Picture a, Picture b) {
        int most = 0;
        for (int i = 0; i < a.argb().length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                most = Math.max(most, Math.abs(((a.argb()[i] >> shift) & 255) - ((b.argb()[i] >> shift) & 255)));
            }
        }
        return most;
    }

    @Test
    void theStepsBeforeAreNotMadeAgain() {
        GenerationRequest request = request(Sampler.EULER).withSeeds(SeedSettings.DEFAULT.withSeed(99));
        assertEquals(14, run(request).asked);
        // The fifth step asks the same and takes less of it; the last two begin from another picture.
        assertEquals(4, run(turned(request, new Turn(4, null, null, 2.0))).asked);
        assertEquals(5, run(turned(request, new Turn(4, "red fish", null, null))).asked);
    }

    @Test
    void severalTurnsFollowOneAnother() {
        GenerationRequest request = request(Sampler.DPMPP_2M);
        List<Picture> pictures = new ArrayList<>();
        pictures.add(make(turned(request, new Turn(2, "red fish", null, null))));
        pictures.add(make(turned(request, new Turn(2, "red fish", null, null), new Turn(4, null, null, 2.0))));
        pictures.add(make(turned(request, new Turn(4, null, null, 2.0), new Turn(2, "red fish", null, null))));
        assertNotEquals(pictures.get(0), pictures.get(1));
        assertEquals(pictures.get(1), pictures.get(2));
    }

    @Test
    void aTurnHoldsInTheSecondPassUnlessThatHasItsOwnWords() {
        GenerationRequest hires = request(Sampler.EULER).edit(e -> e.hires(Hires.DEFAULT.withSteps(4)));
        GenerationRequest fish = turned(hires, new Turn(7, "red fish", null, null));
        Picture second = make(hires.edit(e -> e.hires(Hires.DEFAULT.withSteps(4).withPrompts("red fish", ""))));
        assertEquals(second, make(fish));
        GenerationRequest own =
                hires.edit(e -> e.hires(Hires.DEFAULT.withSteps(4).withPrompts("blue owl", "")));
        assertEquals(make(own), make(turned(own, new Turn(7, "red fish", null, null))));
    }
}
