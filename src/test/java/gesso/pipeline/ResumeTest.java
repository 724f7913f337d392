package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gesso.image.GeneratedPicture;
import gesso.request.CancelToken;
import gesso.request.Cancelled;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Picture;
import gesso.request.Sampler;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.tensor.FloatTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job that was cut off gives, from its kept steps, the picture that it would have given, and asks the UNet the rest alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {
    private static final Path ASSETS = Path.of(System.getProperty("gesso.assets"));

    static final Path STARTER = ASSETS.resolve("models/gesso-starter.safetensors");

    private static GenerationRequest request(Sampler sampler) {
        GenerationRequest request = GenerationRequest.of("owl, [blue:red:0.5] background", STARTER, new Size(64, 64));
        return request.withSeeds(SeedSettings.DEFAULT.withSeed(sampler.label().hashCode() & 0xFFFFFF))
                .withSampling(request.sampling().withSteps(7).withSampler(sampler));
    }

    /** Keeps the steps, counts what is asked anew, and stops after some step. */
    static final class Keeper implements Engine.Listener, KeptSteps {
        final Map<QuestionDigest, FloatTensor> disk;
        final Set<Integer> done = new HashSet<>();
        final List<Picture> pictures = new ArrayList<>();
        final int stopAfter;
        int asked;
        int steps;
        CancelToken token = new CancelToken();

        Keeper(Map<QuestionDigest, FloatTensor> disk, int stopAfter) {
            this.disk = disk;
            this.stopAfter = stopAfter;
        }

        @Override
        public KeptSteps kept() {
            return this;
        }

        @Override
        public boolean isDone(int picture) {
            return done.contains(picture);
        }

        @Override
        public Optional<FloatTensor> answer(QuestionDigest question) {
            return new KeptInMap(disk, done).answer(question);
        }

        @Override
        public void keep(QuestionDigest question, FloatTensor answer) {
            asked++;
            new KeptInMap(disk, done).keep(question, answer);
        }

        @Override
        public void loading(String network) {}

        @Override
        public void step(Engine.Step step) {
            if (++steps == stopAfter) {
                token.cancel();
            }
        }

        @Override
        public void progress(String task, int part, int total) {}

        @Override
        public void decoding(int picture) {}

        @Override
        public void picture(GeneratedPicture picture) {
            pictures.add(picture.picture());
        }

        @Override
        public void notice(String sentence) {
            throw new AssertionError(sentence);
        }
    }

    /** One for each kind of run: what a pipeline remembers of another test's seed is of no use in this one's. */
    private final Pipeline forWhole = pipeline();

    private final Pipeline forCut = pipeline();
    private final Pipeline forRest = pipeline();

    static Pipeline pipeline() {
        return new Pipeline(
                "cpu",
                ASSETS.resolve("tokenizer/clip-merges.txt.gz"),
                f -> CompletableFuture.completedFuture("0".repeat(64)),
                VectorStore.NONE,
                () -> name -> List.of(),
                Path::of,
                () -> NetworkLibrary.EMPTY,
                notice -> {
                    throw new AssertionError(notice);
                });
    }

    @AfterAll
    void close() {
        forWhole.close();
        forCut.close();
        forRest.close();
    }

    static Keeper run(Pipeline pipeline, GenerationRequest request, Keeper keeper) {
        pipeline.generate(request, keeper.token, keeper);
        return keeper;
    }

    private void assertGoesOn(GenerationRequest request, int stopAfter) {
        Keeper whole = run(forWhole, request, new Keeper(new HashMap<>(), 0));
        Keeper cut = new Keeper(new HashMap<>(), stopAfter);
        assertThrows(Cancelled.class, () -> run(forCut, request, cut));
        Keeper rest = run(forRest, request, new Keeper(cut.disk, 0));
        assertEquals(whole.pictures, rest.pictures);
        assertEquals(whole.asked, cut.asked + rest.asked);
    }

    @ParameterizedTest
    @EnumSource(Sampler.class)
    void everySamplerGoesOnToTheBit(Sampler sampler) {
        assertGoesOn(request(sampler), 3);
    }

    @Test
    void theSecondPassGoesOnToo() {
        GenerationRequest request = request(Sampler.DPMPP_2M_SDE);
        assertGoesOn(request.withSeeds(request.seeds().withSeed(1000)).edit(e -> e.hires(Hires.DEFAULT)), 10);
    }

    @Test
    void finishedPicturesAreNotMadeAgain() {
        GenerationRequest request = request(Sampler.EULER_A).withBatch(2, 2);
        Keeper whole = run(forWhole, request, new Keeper(new HashMap<>(), 0));
        Keeper rest = new Keeper(new HashMap<>(), 0);
        rest.done.addAll(Set.of(0, 2));
        run(forRest, request, rest);
        assertEquals(List.of(whole.pictures.get(1), whole.pictures.get(3)), rest.pictures);
    }
}
