package gesso.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.image.GeneratedPicture;
import gesso.prompt.Wildcards;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.Cancelled;
import gesso.request.GenerationRequest;
import gesso.request.GessoException;
import gesso.request.Hires;
import gesso.request.Picture;
import gesso.request.Profile;
import gesso.request.Rng;
import gesso.request.Sampler;
import gesso.request.SeedSettings;
import gesso.request.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineTest {
    private static final Path ASSETS = Path.of(System.getProperty("gesso.assets"));
    private static final Path STARTER = ASSETS.resolve("models/gesso-starter.safetensors");
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final GenerationRequest REQUEST = base();

    private final Pipeline pipeline = new Pipeline(
            "cpu",
            ASSETS.resolve("tokenizer/clip-merges.txt.gz"),
            f -> CompletableFuture.completedFuture(HASH),
            VectorStore.NONE,
            () -> name -> name.equals("colour") ? List.of("red", "green", "blue", "white") : List.of(),
            Path::of,
            () -> NetworkLibrary.EMPTY,
            notice -> {
                throw new AssertionError(notice);
            });

    private static GenerationRequest base() {
        GenerationRequest request = GenerationRequest.of("owl, blue background", STARTER, new Size(64, 64));
        return request.withSeeds(SeedSettings.DEFAULT.withSeed(7))
                .withSampling(request.sampling().withSteps(4).withSampler(Sampler.EULER_A));
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    /** Remembers everything that it hears. */
    private static class Heard implements Engine.Listener {
        final List<GeneratedPicture> pictures = new ArrayList<>();
        final List<Engine.Step> steps = new ArrayList<>();
        final List<String> networks = new ArrayList<>();

        @Override
        public void loading(String network) {
            networks.add(network);
        }

        @Override
        public void step(Engine.Step step) {
            steps.add(step);
            assertEquals(8, step.preview().get().width());
        }

        @Override
        public void progress(String task, int done, int total) {}

        @Override
        public void decoding(int picture) {}

        @Override
        public void picture(GeneratedPicture picture) {
            pictures.add(picture);
        }

        @Override
        public void notice(String sentence) {
            throw new AssertionError(sentence);
        }
    }

    private Heard generate(GenerationRequest request) {
        Heard heard = new Heard();
        pipeline.generate(request, new CancelToken(), heard);
        return heard;
    }

    private List<Picture> pictures(GenerationRequest request) {
        return generate(request).pictures.stream()
                .map(GeneratedPicture::picture)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Rng.class,
            names = {"CPU", "GPU"})
    void aBatchOfFourIsFourSinglePicturesToTheBit(Rng rng) {
        GenerationRequest request = REQUEST.withSeeds(REQUEST.seeds().withRng(rng));
        List<Picture> batch = pictures(request.withBatch(4, 1));
        List<Picture> counted = pictures(request.withBatch(2, 2));
        assertEquals(batch, counted);
        for (int i = 0; i < 4; i++) {
            List<Picture> single = pictures(request.withSeeds(request.seeds().withSeed(7 + i)));
            assertEquals(List.of(batch.get(i)), single);
        }
        assertNotEquals(batch.get(0), batch.get(1));
    }

    @Test
    void aPictureCarriesWhatMadeIt() {
        Heard heard = generate(REQUEST.withBatch(1, 2));
        GeneratedPicture second = heard.pictures.get(1);
        assertEquals(8, second.request().seeds().seed());
        assertEquals(new GeneratedPicture.ModelIdentity("gesso-starter", "0123456789", false), second.model());
        assertEquals(List.of("text encoder", "UNet", "VAE decoder"), heard.networks);
        assertEquals(8, heard.steps.size());
        assertEquals(
                List.of(1, 4, 2),
                List.of(
                        heard.steps.get(4).index(),
                        heard.steps.get(4).total(),
                        heard.steps.get(4).pictures()));
        assertTrue(heard.steps.get(0).sigma() > heard.steps.get(3).sigma());
    }

    @Test
    void aRandomSeedIsDrawnAndWrittenDown() {
        GenerationRequest random = REQUEST.withSeeds(SeedSettings.DEFAULT);
        GeneratedPicture made = generate(random).pictures.get(0);
        assertTrue(made.request().seeds().seed() >= 0);
        assertEquals(List.of(made.picture()), pictures(made.request()));
    }

    @Test
    void aCancelInMidStepLeavesNothingBehindAndTheNextPictureIsRight() {
        List<Picture> undisturbed = pictures(REQUEST);
        CancelToken token = new CancelToken();
        Heard heard = new Heard() {
            @Override
            public void step(Engine.Step step) {
                super.step(step);
                if (step.index() == 2) {
                    token.cancel();
                }
            }
        };
        assertThrows(Cancelled.class, () -> pipeline.generate(REQUEST, token, heard));
        assertEquals(2, heard.steps.size());
        assertEquals(List.of(), heard.pictures);
        assertEquals(undisturbed, pictures(REQUEST));
    }

    @Test
    void hiresFixMakesALargerPictureInTwoPasses() {
        GenerationRequest request = REQUEST.edit(e -> e.hires(Hires.DEFAULT.withSteps(3)));
        Heard heard = new Heard() {
            @Override
            public void step(Engine.Step step) {
                steps.add(step);
            }
        };
        pipeline.generate(request, new CancelToken(), heard);
        assertEquals(new Size(128, 128), heard.pictures.get(0).picture().size());
        assertEquals(7, heard.steps.size());
        assertEquals(
                List.of(7, 7),
                List.of(heard.steps.get(6).index(), heard.steps.get(6).total()));
    }

    @Test
    void eachPictureDrawsItsOwnPromptAndIsTheOneThatThatPromptMakes() {
        GenerationRequest request = REQUEST.edit(e -> e.prompt("{owl|fox|panda}, __colour__ background")
                .negativePrompt("{a|b}")
                .batch(4, 1));
        List<GeneratedPicture> drawn = generate(request).pictures;
        List<String> prompts = drawn.stream().map(p -> p.request().prompt()).toList();
        assertTrue(Set.copyOf(prompts).size() > 1, prompts.toString());
        for (GeneratedPicture made : drawn) {
            assertTrue(
                    made.request().prompt().matches("(owl|fox|panda), (red|green|blue|white) background"),
                    made.request().prompt());
            assertEquals(
                    Map.of("Template", "{owl|fox|panda}, __colour__ background", "Negative Template", "{a|b}"),
                    made.facts());
        }
        GenerationRequest second = drawn.get(1).request();
        GeneratedPicture again = generate(second.withBatch(1, 1)).pictures.get(0);
        assertEquals(drawn.get(1).picture(), again.picture());
        assertEquals(Map.of(), again.facts());
    }

    @Test
    void aHiresPassDrawsItsOwnWordsFromTheSameSeed() {
        GenerationRequest request = REQUEST.edit(e ->
                e.prompt("{owl|fox|panda|crown}").hires(Hires.DEFAULT.withPrompts("{owl|fox|panda|crown}", "{a|b}")));
        GenerationRequest drawn =
                PicturePrompts.draw(request, 0, Wildcards.NONE).in(request);
        assertEquals(drawn.prompt(), Objects.requireNonNull(drawn.hires()).prompt());
        assertTrue(drawn.hires().negativePrompt().matches("[ab]"));
    }

    @Test
    void commentsGoWhereTheProfileKnowsThemAndStayInTheTemplate() {
        GenerationRequest request = REQUEST.edit(e -> e.prompt("owl # not a fox"));
        PicturePrompts a1111 = PicturePrompts.draw(request, 0, Wildcards.NONE);
        assertEquals("owl \n", a1111.prompt());
        assertEquals(Map.of("Template", "owl # not a fox"), a1111.templates(request));
        GenerationRequest comfy = request.edit(e -> e.profile(Profile.COMFYUI));
        assertEquals(
                "owl # not a fox", PicturePrompts.draw(comfy, 0, Wildcards.NONE).prompt());
    }

    @Test
    void networksThatAreNotThereAreNamedOnce() {
        List<String> notices = new ArrayList<>();
        Heard heard = new Heard() {
            @Override
            public void notice(String sentence) {
                notices.add(sentence);
            }
        };
        GenerationRequest request =
                REQUEST.edit(e -> e.prompt("owl, blue background<lora:ink:0.8><hypernet:old:1><lora:ink:0.5>")
                        .batch(2, 1));
        pipeline.generate(request, new CancelToken(), heard);
        assertEquals(
                List.of(
                        "There is no LoRA \"ink\": the picture is made without it.",
                        "<hypernet:old> was left out: of extra networks, Gesso knows lora and lyco."),
                notices);
        // The tags are no words of the prompt.
        assertEquals(
                pictures(REQUEST.withBatch(2, 1)),
                heard.pictures.stream().map(GeneratedPicture::picture).toList());
    }

    @Test
    void theProfileDecidesHowAPromptIsRead() {
        GenerationRequest plain = REQUEST.edit(e -> e.prompt("owl, [blue|red] background"));
        List<Picture> made = new ArrayList<>();
        for (Profile profile : Profile.values()) {
            made.addAll(pictures(plain.edit(e -> e.profile(profile))));
        }
        assertEquals(3, Set.copyOf(made).size());
        // diffusers reads brackets as any sign: the words are others than those of emphasis.
        GenerationRequest diffusers = REQUEST.edit(e -> e.prompt("(owl:1.5)").profile(Profile.DIFFUSERS));
        assertNotEquals(pictures(diffusers), pictures(diffusers.edit(e -> e.prompt("owl"))));
    }

    @Test
    void whatIsNoCheckpointIsASentence(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("notes.safetensors"), "these are no weights");
        Path cut = folder.resolve("cut.safetensors");
        byte[] whole = Files.readAllBytes(STARTER);
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2));
        for (Path bad : List.of(text, cut, folder.resolve("none.safetensors"), folder)) {
            BadInput e = assertThrows(BadInput.class, () -> generate(REQUEST.edit(r -> r.model(bad))));
            assertTrue(e.sentence().contains(bad.getFileName().toString()), e.sentence());
        }
        assertEquals(1, pictures(REQUEST).size());
    }

    @Test
    void aModelOfAFamilyThatCannotRunIsNamed(@TempDir Path folder) throws IOException {
        // The starter under another name: its note is all that says which family widths like these belong to.
        String bytes = Files.readString(STARTER, StandardCharsets.ISO_8859_1);
        Path other = folder.resolve("other.safetensors");
        Files.writeString(
                other, bytes.replace("stable-diffusion-v1", "stable-diffusion-v3"), StandardCharsets.ISO_8859_1);
        BadInput e = assertThrows(BadInput.class, () -> generate(REQUEST.edit(r -> r.model(other))));
        assertTrue(e.sentence().contains("Stable Diffusion 3"), e.sentence());
    }

    @Test
    void numbersThatAreNoneAreNoPicture(@TempDir Path folder) throws IOException {
        // The decoder's last bias: the VAE then gives NaN everywhere.
        Path broken = TestCheckpoints.withNan(STARTER, "first_stage_model.decoder.conv_out.bias", folder);
        GessoException e = assertThrows(GessoException.class, () -> generate(REQUEST.edit(r -> r.model(broken))));
        assertTrue(e.sentence().contains("VAE"), e.sentence());
        Path noisy = TestCheckpoints.withNan(STARTER, "model.diffusion_model.out.2.bias", folder);
        GessoException f = assertThrows(GessoException.class, () -> generate(REQUEST.edit(r -> r.model(noisy))));
        assertTrue(f.sentence().contains("sampling"), f.sentence());
    }
}
