package gesso.image.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gesso.image.GeneratedPicture;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What A1111 1.10.1 wrote into its pictures: read, compared with what it was asked for, and written again. */
class A1111TextsTest {
    private static final Picture DOT = new Picture(1, 1, new int[] {-1});
    private static final Path MODEL = Path.of("starter.safetensors");

    /** {@code inpainting_fill} is a number in the API. */
    private static final List<MaskedContent> FILLS = List.of(
            MaskedContent.FILL, MaskedContent.ORIGINAL, MaskedContent.LATENT_NOISE, MaskedContent.LATENT_NOTHING);

    /** API settings that A1111 itself does not write down. */
    private static final List<String> UNWRITTEN = List.of("a1111/churn");

    @TestFactory
    List<DynamicTest> texts() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream in = A1111TextsTest.class.getResourceAsStream("/infotext/a1111.json")) {
            for (JsonNode asked : new ObjectMapper().readTree(in)) {
                for (int i = 0; i < asked.get("texts").size(); i++) {
                    String text = asked.get("texts").get(i).asText();
                    String name = asked.get("name").asText() + (i == 0 ? "" : "." + i);
                    int index = i;
                    tests.add(DynamicTest.dynamicTest(name, () -> check(asked, text, index)));
                }
            }
        }
        assertTrue(tests.size() > 100);
        return tests;
    }

    private static void check(JsonNode asked, String text, int index) {
        JsonNode payload = asked.get("payload");
        Infotext infotext = Infotext.parse(text);
        InfotextReader.Reading reading = InfotextReader.apply(infotext, before(payload), new OneModel());
        assertEquals(List.of(), reading.notes());
        GenerationRequest request = reading.request();
        compare(payload, request, index);
        if (payload.has("enable_hr")) {
            compareHires(payload, Objects.requireNonNull(request.hires()));
        } else {
            assertNull(request.hires());
        }
        if (!UNWRITTEN.contains(asked.get("name").asText())) {
            compareTuning(payload, request);
        }
        GeneratedPicture.ModelIdentity model = new GeneratedPicture.ModelIdentity(
                String.valueOf(infotext.get("Model")),
                String.valueOf(infotext.get("Model hash")),
                asked.get("name").asText().startsWith("a1111-inpainting"));
        String written = InfotextWriter.write(new GeneratedPicture(DOT, request, index, model, Map.of()))
                .text();
        assertEquals(plain(text), written.replaceAll("Version: gesso .*", "Version: 1.10.1"));
    }

    /** The API's payload gives floats, {@code 6.0}, where the window's sliders give 6; and that program's reader trims lines. */
    private static String plain(String text) {
        return text.replaceAll("(: \\d+)\\.0(?=,|$)", "$1").replaceAll(" +\n", "\n");
    }

    /** A request as it stands before: everything differs from the text, source and mask are there where one was used. */
    private static GenerationRequest before(JsonNode payload) {
        GenerationRequest request = GenerationRequest.of("before", MODEL, new Size(512, 512));
        if (!payload.has("denoising_strength") || payload.has("enable_hr")) {
            return request;
        }
        Inpaint inpaint = payload.has("mask_blur")
                ? new Inpaint(DOT, 0, MaskMode.MASKED, MaskedContent.FILL, InpaintArea.ONLY_MASKED, 7, null)
                : null;
        return request.edit(e -> e.rework(new Rework(DOT, ResizeMode.JUST_RESIZE, 0.1, false, false, inpaint)));
    }

    private static void compare(JsonNode payload, GenerationRequest request, int index) {
        assertEquals(payload.get("prompt").asText().strip(), request.prompt());
        assertEquals(payload.path("negative_prompt").asText(""), request.negativePrompt());
        assertEquals(payload.get("steps").asInt(), request.sampling().steps());
        assertEquals(payload.get("cfg_scale").asDouble(), request.sampling().cfgScale());
        assertEquals(
                payload.get("sampler_name").asText(),
                request.sampling().sampler().label());
        assertEquals(
                payload.get("width").asInt() + "x" + payload.get("height").asInt(),
                request.size().toString());
        assertEquals(payload.get("seed").asLong() + index, request.seeds().seed());
        JsonNode options = payload.get("override_settings");
        assertEquals(options.get("randn_source").asText(), request.seeds().rng().label());
        assertEquals(
                options.path("eta_noise_seed_delta").asInt(0), request.seeds().ensd());
        assertEquals(
                payload.path("subseed_strength").asDouble(0), request.seeds().variationStrength());
        assertEquals(payload.path("subseed").asLong(-1), request.seeds().variationSeed());
        assertEquals(
                options.path("CLIP_stop_at_last_layers").asInt(1),
                request.text().clipSkip());
        assertEquals(
                options.path("emphasis").asText("Original"),
                request.text().emphasis().label());
        assertEquals(options.path("inpainting_mask_weight").asDouble(1), request.maskWeight());
        if (payload.has("mask_blur")) {
            Rework rework = Objects.requireNonNull(request.rework());
            compareInpaint(payload, Objects.requireNonNull(rework.inpaint()));
        }
        if (request.rework() != null) {
            assertEquals(
                    payload.get("denoising_strength").asDouble(),
                    request.rework().denoisingStrength());
        }
    }

    private static void compareInpaint(JsonNode payload, Inpaint inpaint) {
        assertEquals(payload.get("mask_blur").asInt(), inpaint.blur());
        assertEquals(FILLS.get(payload.get("inpainting_fill").asInt()), inpaint.content());
        assertEquals(payload.path("inpainting_mask_invert").asInt(0) == 1, inpaint.mode() == MaskMode.NOT_MASKED);
        assertEquals(payload.get("inpaint_full_res").asBoolean(), inpaint.area() == InpaintArea.ONLY_MASKED);
        assertEquals(payload.path("inpaint_full_res_padding").asInt(32), inpaint.padding());
    }

    private static void compareHires(JsonNode payload, Hires hires) {
        assertEquals(payload.get("hr_scale").asDouble(), hires.scale());
        assertEquals(payload.get("hr_upscaler").asText(), hires.upscaler());
        assertEquals(payload.path("hr_second_pass_steps").asInt(0), hires.steps());
        assertEquals(payload.get("denoising_strength").asDouble(), hires.denoisingStrength());
    }

    private static void compareTuning(JsonNode payload, GenerationRequest request) {
        assertEquals(
                payload.path("s_churn").asDouble(0), request.sampling().tuning().sChurn());
        assertEquals(
                payload.path("s_noise").asDouble(1), request.sampling().tuning().sNoise());
        Double eta = request.sampling().tuning().eta();
        assertEquals(payload.path("eta").asDouble(1), eta == null ? 1 : eta);
    }

    /** Model folders in which every model is the one file. */
    private static final class OneModel implements ModelFinder {
        @Override
        public Optional<Path> checkpoint(String name, String hash) {
            return Optional.of(MODEL);
        }

        @Override
        public Optional<Path> vae(String name, String hash) {
            return Optional.empty();
        }
    }
}
