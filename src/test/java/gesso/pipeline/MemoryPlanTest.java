package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.GeneratedPicture;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.runtime.Device;
import gesso.runtime.FreeMemory;
import gesso.runtime.ProcessMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
    private static final Path ASSETS = Path.of(System.getProperty("gesso.assets"));
    private static final Path STARTER = ASSETS.resolve("models/gesso-starter.safetensors");
    private static final Path INPAINTING = ASSETS.resolve("models/gesso-starter-inpainting.safetensors");
    private static final Size SIZE = new Size(1024, 1024);

    /** In GB, as those of an SDXL file in half precision on a CPU at 1024×1024. */
    private static final MemoryNeeds NEEDS = needs(3.3, 10.3, 0.3, 1.1, 4.6, 1.2);

    private static MemoryNeeds needs(double... gigabytes) {
        long[] n = new long[6];
        for (int i = 0; i < n.length; i++) {
            n[i] = (long) (gigabytes[i] * 1e9);
        }
        return new MemoryNeeds(n[0], n[1], n[2], n[3], n[4], n[5]);
    }

    private static MemoryPlan plan(double free, double swap, double held) {
        FreeMemory memory = new FreeMemory((long) (free * 1e9), (long) ((free + swap) * 1e9));
        return MemoryPlan.of(NEEDS, memory, (long) (held * 1e9), false, SIZE, "CPU");
    }

    @Test
    void theFirstPlanThatFitsThoseFirstThatChangeNoPixel() {
        assertEquals(MemoryPlan.PLAIN, plan(18.6, 0, 0));
        assertEquals(MemoryPlan.PLAIN, plan(8.6, 0, 10));
        MemoryPlan inTurn = plan(11.5, 0, 0);
        assertTrue(inTurn.inTurn() && !inTurn.tiled());
        assertEquals(
                "A picture of 1024x1024 takes about 18.5 GB, and 11.5 GB are free on CPU: one network at a time is in memory, which takes a little longer.",
                inTurn.notice().orElseThrow());
        MemoryPlan slow = plan(6, 6, 0);
        assertTrue(slow.inTurn() && slow.tiled());
        assertTrue(slow.notice().orElseThrow().contains("the disk has to help"));
        assertEquals(
                "A picture of 1024x1024 takes at least 11.4 GB, and 7.0 GB are free on CPU: choose a smaller size or a smaller model, or close other programs.",
                assertThrows(BadInput.class, () -> plan(6, 1, 0)).sentence());
    }

    @Test
    void tilesWhereTheVaeIsWhatDoesNotFit() {
        MemoryNeeds small = needs(0, 0, 0, 0.3, 18, 1.2);
        FreeMemory free = new FreeMemory(4_000_000_000L, 4_000_000_000L);
        MemoryPlan plan = MemoryPlan.of(small, free, 0, false, SIZE, "CPU");
        assertTrue(plan.tiled() && !plan.inTurn());
        assertEquals(MemoryPlan.PLAIN, MemoryPlan.of(small, free, 0, true, SIZE, "CPU"));
    }

    @Test
    void needsAreReadFromTheFile() {
        Checkpoint checkpoint = Checkpoint.open(STARTER, null);
        MemoryNeeds small =
                MemoryNeeds.of(checkpoint, Device.CPU, new Size(128, 128)).orElseThrow();
        MemoryNeeds large =
                MemoryNeeds.of(checkpoint, Device.CPU, new Size(256, 256)).orElseThrow();
        assertEquals(small.unet(), large.unet());
        assertEquals(4 * small.unetWork(), large.unetWork(), 4);
        assertEquals(4 * small.vaeWork(), large.vaeWork(), 4);
        // Half precision in the file, single in memory.
        long file = STARTER.toFile().length();
        assertEquals(2 * file, small.unet() + small.text() + small.vae(), 0.02 * file);
    }

    private record Made(Picture picture, List<String> notices, List<String> loaded) {}

    private static GenerationRequest request(Path model, Size size) {
        GenerationRequest plain =
                GenerationRequest.of("red apple", model, size).withSeeds(SeedSettings.DEFAULT.withSeed(3));
        return plain.withSampling(plain.sampling().withSteps(2));
    }

    private static Pipeline pipeline(Optional<FreeMemory> free) {
        Pipeline pipeline = new Pipeline(
                "cpu",
                ASSETS.resolve("tokenizer/clip-merges.txt.gz"),
                f -> CompletableFuture.completedFuture("0".repeat(64)),
                VectorStore.NONE,
                () -> name -> List.of(),
                Path::of,
                () -> NetworkLibrary.EMPTY,
                notice -> {});
        pipeline.useFreeMemory(() -> free);
        return pipeline;
    }

    private static Made make(Pipeline pipeline, GenerationRequest request) {
        List<Picture> pictures = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        List<String> loaded = new ArrayList<>();
        pipeline.generate(request, new CancelToken(), new Engine.Listener() {
            @Override
            public void loading(String network) {
                loaded.add(network);
            }

            @Override
            public void step(Engine.Step step) {}

            @Override
            public void progress(String task, int done, int total) {}

            @Override
            public void decoding(int picture) {}

            @Override
            public void picture(GeneratedPicture made) {
                pictures.add(made.picture());
            }

            @Override
            public void notice(String sentence) {
                notices.add(sentence);
            }
        });
        return new Made(pictures.get(0), notices, loaded);
    }

    @Test
    void aPictureThatFitsInTurnIsTheSameAndSaysSo() {
        Size size = new Size(128, 128);
        Made plain;
        try (Pipeline pipeline = pipeline(Optional.empty())) {
            plain = make(pipeline, request(STARTER, size));
            assertEquals(List.of(), make(pipeline, request(STARTER, size)).loaded());
        }
        MemoryNeeds needs =
                MemoryNeeds.of(Checkpoint.open(STARTER, null), Device.CPU, size).orElseThrow();
        long free = needs.together(false) - 1;
        try (Pipeline pipeline = pipeline(Optional.of(new FreeMemory(free, free)))) {
            Made made = make(pipeline, request(STARTER, size));
            assertEquals(1, made.notices().size());
            assertTrue(
                    made.notices().get(0).contains("one network at a time"),
                    made.notices().get(0));
            assertArrayEquals(plain.picture().argb(), made.picture().argb());
            Made again = make(pipeline, request(STARTER, size));
            assertEquals(List.of("UNet"), again.loaded(), "the last network alone is still there");
        }
        try (Pipeline pipeline = pipeline(Optional.of(new FreeMemory(1_000_000, 1_000_000)))) {
            BadInput refused = assertThrows(BadInput.class, () -> make(pipeline, request(STARTER, size)));
            assertTrue(refused.sentence().contains("choose a smaller size"), refused.sentence());
        }
    }

    /** A model that is switched to frees the one before it. */
    @Test
    @Tag("long")
    void aHundredSwitchesLeaveMemoryWhereItWas() {
        Size size = new Size(64, 64);
        try (Pipeline pipeline = pipeline(Optional.of(new FreeMemory(150_000_000, 150_000_000)))) {
            long early = 0;
            for (int i = 0; i < 120; i++) {
                make(pipeline, request(i % 2 == 0 ? STARTER : INPAINTING, size));
                if (i == 19) {
                    System.gc();
                    early = ProcessMemory.own().orElse(0);
                }
            }
            System.gc();
            long late = ProcessMemory.own().orElse(0);
            System.out.printf("resident after 20 switches %d MB, after 120 %d MB%n", early >> 20, late >> 20);
            assertTrue(late - early < 200_000_000, (late - early) + " bytes more");
        }
    }
}
