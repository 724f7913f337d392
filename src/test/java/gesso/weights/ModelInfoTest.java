package gesso.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelInfoTest {
    private static final Map<String, HeaderFixtures.Header> FILES = HeaderFixtures.read();

    /** name | kind, architecture, naming | precision | prediction, input channels, text width | size | what is inside. */
    private static final String EXPECTED = """
            sd1 fp32 ema | CHECKPOINT SD1 LDM | fp32 | EPSILON 4 768 | 512x512 | vae text ema
            sd1 without vae | CHECKPOINT SD1 LDM | fp16 | EPSILON 4 768 | 512x512 | text
            sd1 mixed | CHECKPOINT SD1 LDM | fp16 + fp32 | EPSILON 4 768 | 512x512 | vae text
            sd1 unet only | CHECKPOINT SD1 LDM | bf16 | EPSILON 4 768 | 512x512 |
            sd1 inpainting | CHECKPOINT SD1 LDM | fp16 | EPSILON 9 768 | 512x512 | vae text
            sd1 instruct | CHECKPOINT SD1 LDM | fp16 | EPSILON 8 768 | 512x512 | vae text
            sd1 diffusers unet | CHECKPOINT SD1 DIFFUSERS | fp16 | EPSILON 4 768 | 512x512 |
            sd2 512 | CHECKPOINT SD2 LDM | fp16 | EPSILON 4 1024 | 512x512 | vae text
            sd2 noted v | CHECKPOINT SD2 LDM | fp16 | V 4 1024 | 768x768 | vae text
            sd2 inpainting | CHECKPOINT SD2 LDM | fp16 | EPSILON 9 1024 | 512x512 | vae text
            sd2 diffusers unet | CHECKPOINT SD2 DIFFUSERS | fp16 | EPSILON 4 1024 | 512x512 |
            sdxl | CHECKPOINT SDXL LDM | fp16 | EPSILON 4 2048 | 1024x1024 | vae text
            sdxl v | CHECKPOINT SDXL LDM | fp16 | V 4 2048 | 1024x1280 | vae text ztsnr
            sdxl fp8 | CHECKPOINT SDXL LDM | fp8 e4m3 | EPSILON 4 2048 | 1024x1024 | vae text
            sdxl odd notes | CHECKPOINT SDXL LDM | fp16 | EPSILON 4 2048 | 1024x1024 |
            sdxl inpainting | CHECKPOINT SDXL LDM | fp16 | EPSILON 9 2048 | 1024x1024 | vae text
            sdxl diffusers unet | CHECKPOINT SDXL DIFFUSERS | fp16 | EPSILON 4 2048 | 1024x1024 |
            sdxl refiner | CHECKPOINT SDXL_REFINER LDM | fp16 | EPSILON 4 1280 | 1024x1024 | vae text
            sdxl refiner diffusers unet | CHECKPOINT SDXL_REFINER DIFFUSERS | fp16 | EPSILON 4 1280 | 1024x1024 |
            ssd-1b | CHECKPOINT SSD_1B LDM | fp16 | EPSILON 4 2048 | 1024x1024 | vae text
            ssd-1b diffusers unet | CHECKPOINT SSD_1B DIFFUSERS | fp16 | EPSILON 4 2048 | 1024x1024 |
            vega | CHECKPOINT SEGMIND_VEGA LDM | fp16 | EPSILON 4 2048 | 1024x1024 | vae text
            koala 1b | CHECKPOINT KOALA LDM | fp16 | EPSILON 4 2048 | 1024x1024 | vae text
            playground | CHECKPOINT PLAYGROUND_2_5 LDM | fp16 | EPSILON 4 2048 | 1024x1024 | vae text
            sd2 unclip | CHECKPOINT SD2_UNCLIP LDM | fp16 | EPSILON 4 1024 | 768x768 | vae text
            small sd1 | CHECKPOINT SD1 LDM | fp16 | EPSILON 4 64 | 512x512 | text
            small sd2 | CHECKPOINT SD2 LDM | fp16 | EPSILON 4 64 | 512x512 | text
            small sd2 unet | CHECKPOINT SD2 LDM | fp16 | EPSILON 4 64 | 512x512 |
            small sdxl | CHECKPOINT SDXL LDM | fp16 | EPSILON 4 64 | 1024x1024 | text
            small noted | CHECKPOINT SDXL_REFINER LDM | fp16 | EPSILON 4 64 | 1024x1024 |
            vae ldm | VAE UNKNOWN LDM | fp32 | EPSILON 0 0 | 1x1 | vae
            vae diffusers | VAE UNKNOWN DIFFUSERS | fp16 | EPSILON 0 0 | 1x1 | vae
            taesd | TINY_VAE UNKNOWN OTHER | fp16 | EPSILON 0 0 | 1x1 |
            clip-l | TEXT_ENCODER UNKNOWN OTHER | fp16 | EPSILON 0 0 | 1x1 |
            clip-g | TEXT_ENCODER UNKNOWN OTHER | fp16 | EPSILON 0 0 | 1x1 |
            clip vision | IMAGE_ENCODER UNKNOWN DIFFUSERS | fp16 | EPSILON 0 0 | 1x1 |
            controlnet sd1 | CONTROLNET SD1 LDM | fp16 | EPSILON 4 768 | 512x512 |
            controlnet sd1 in a checkpoint | CONTROLNET SD1 LDM | fp16 | EPSILON 4 768 | 512x512 | vae text
            controlnet sdxl diffusers | CONTROLNET SDXL DIFFUSERS | fp16 | EPSILON 4 2048 | 1024x1024 |
            t2i adapter | T2I_ADAPTER UNKNOWN OTHER | fp16 | EPSILON 0 0 | 1x1 |
            lora sd1 kohya | LORA SD1 KOHYA | fp16 | EPSILON 0 768 | 512x512 |
            lora sd2 kohya | LORA SD2 KOHYA | fp16 | EPSILON 0 1024 | 512x512 |
            lora sdxl kohya | LORA SDXL KOHYA | fp16 | EPSILON 0 2048 | 1024x1024 |
            lora sd1 text only | LORA SD1 KOHYA | fp16 | EPSILON 0 0 | 512x512 |
            lora sdxl text only | LORA SDXL KOHYA | fp16 | EPSILON 0 0 | 1024x1024 |
            lora sdxl peft | LORA SDXL DIFFUSERS | fp16 | EPSILON 0 2048 | 1024x1024 |
            lora sd1 diffusers old | LORA SD1 DIFFUSERS | fp16 | EPSILON 0 768 | 512x512 |
            lora flux | LORA FLUX DIFFUSERS | fp16 | EPSILON 0 0 | 1024x1024 |
            loha sd1 | LORA SD1 KOHYA | fp16 | EPSILON 0 768 | 512x512 |
            lokr sdxl | LORA SDXL KOHYA | fp16 | EPSILON 0 2048 | 1024x1024 |
            full sd1 | LORA SD1 KOHYA | fp16 | EPSILON 0 768 | 512x512 |
            embedding sd1 | EMBEDDING SD1 OTHER | fp32 | EPSILON 0 768 | 512x512 |
            embedding sd2 | EMBEDDING SD2 OTHER | fp32 | EPSILON 0 1024 | 512x512 |
            embedding sdxl | EMBEDDING SDXL OTHER | fp16 | EPSILON 0 2048 | 1024x1024 |
            embedding diffusers | EMBEDDING SD1 OTHER | fp32 | EPSILON 0 768 | 512x512 |
            embedding pickled | EMBEDDING SD1 OTHER | fp32 | EPSILON 0 768 | 512x512 |
            flux | CHECKPOINT FLUX OTHER | bf16 | EPSILON 0 0 | 1024x1024 |
            flux original | CHECKPOINT FLUX OTHER | fp16 | EPSILON 0 0 | 1024x1024 |
            sd3 | CHECKPOINT SD3 OTHER | fp16 | EPSILON 0 0 | 1024x1024 |
            sd3 original | CHECKPOINT SD3 OTHER | fp16 | EPSILON 0 0 | 1024x1024 | text
            pixart | CHECKPOINT PIXART OTHER | fp16 | EPSILON 0 0 | 1024x1024 |
            esrgan old | UPSCALER ESRGAN OTHER | fp32 | EPSILON 0 0 | 1x1 |
            esrgan new | UPSCALER ESRGAN OTHER | fp32 | EPSILON 0 0 | 1x1 |
            compact | UPSCALER COMPACT OTHER | fp32 | EPSILON 0 0 | 1x1 |
            swinir | UPSCALER SWINIR OTHER | fp32 | EPSILON 0 0 | 1x1 |
            dat | UPSCALER DAT OTHER | fp32 | EPSILON 0 0 | 1x1 |
            something else | UNKNOWN UNKNOWN OTHER | fp16 | EPSILON 0 0 | 1x1 |
            nothing | UNKNOWN UNKNOWN OTHER |  | EPSILON 0 0 | 1x1 |
            """;

    @Test
    void everyFileIsKnown() {
        StringBuilder found = new StringBuilder();
        FILES.forEach(
                (name, file) -> found.append(line(name, ModelInfo.of(file))).append('\n'));
        assertEquals(EXPECTED, found.toString());
    }

    private static String line(String name, ModelInfo m) {
        String inside = (m.hasVae() ? " vae" : "")
                + (m.hasTextEncoder() ? " text" : "")
                + (m.hasEma() ? " ema" : "")
                + (m.zeroTerminalSnr() ? " ztsnr" : "");
        return "%s | %s %s %s | %s | %s %d %d | %s |%s"
                .formatted(
                        name,
                        m.kind(),
                        m.architecture(),
                        m.naming(),
                        m.precision(),
                        m.prediction(),
                        m.inputChannels(),
                        m.contextWidth(),
                        m.nativeSize(),
                        inside);
    }

    @Test
    void aStableDiffusion2ThatSaysNothingIsJudgedByOneTensor() {
        for (String name : Set.of("sd2 512", "sd2 diffusers unet")) {
            HeaderFixtures.Header file = Objects.requireNonNull(FILES.get(name));
            ModelInfo low = ModelInfo.of(file.withValue(0.089f));
            assertEquals(Prediction.EPSILON, low.prediction());
            assertEquals(new Size(512, 512), low.nativeSize());
            ModelInfo high = ModelInfo.of(file.withValue(0.091f));
            assertEquals(Prediction.V, high.prediction());
            assertEquals(new Size(768, 768), high.nativeSize());
        }
        HeaderFixtures.Header inpainting = Objects.requireNonNull(FILES.get("sd2 inpainting"));
        assertEquals(
                Prediction.EPSILON, ModelInfo.of(inpainting.withValue(0.2f)).prediction());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model:~  params:~    parameterization: "v"~    linear_start: 0.00085 | V
            model:~  params:~    parameterization: eps | EPSILON
            denoiser_config:~  params:~    scaling_config:~      target: sgm.modules.diffusionmodules.denoiser_scaling.VScaling | V
            model:~  target: ldm.models.diffusion.ddpm.LatentDiffusion | EPSILON
            """)
    void aSettingsFileBesideTheModelIsObeyed(String settings, Prediction wanted, @TempDir Path folder)
            throws IOException {
        Files.writeString(folder.resolve("a.model.yaml"), settings.replace('~', '\n'));
        HeaderFixtures.Header sd2 = Objects.requireNonNull(FILES.get("sd2 512"));
        HeaderFixtures.Header file =
                new HeaderFixtures.Header(folder.resolve("a.model.safetensors"), sd2.weights(), sd2.metadata(), 0.089f);
        ModelInfo info = ModelInfo.of(file);
        assertEquals(wanted, info.prediction());
        assertEquals(
                !settings.contains("parameterization") && !settings.contains("VScaling"), info.predictionIsGuess());
        assertTrue(ModelInfo.of(sd2).predictionIsGuess());
    }

    /** UNets that look like Stable Diffusion's but for one tensor. */
    @ParameterizedTest
    @CsvSource({
        "sd1 mixed, model.diffusion_model.time_embed.cond_proj.weight, GUIDED_LCM",
        "sd1 diffusers unet, time_embedding.cond_proj.weight, GUIDED_LCM",
        "sd1 diffusers unet, add_embedding.image_proj.weight, KANDINSKY_2",
        "sd1 diffusers unet, add_time_condition.attention.to_q.weight, KANDINSKY_3",
        "sd1 diffusers unet, add_embedding.pool.positional_embedding, DEEPFLOYD_IF",
        "sdxl, edm_vpred.sigma_max, COSXL",
    })
    void whatResemblesAFamilyIsNamed(String like, String tensor, Architecture wanted) {
        HeaderFixtures.Header real = Objects.requireNonNull(FILES.get(like));
        Map<String, Weight> weights = new HashMap<>(real.weights());
        weights.put(tensor, new Weight(tensor, DType.F16, new long[] {32, 32}, 0, 0));
        Architecture found = ModelInfo.of(new HeaderFixtures.Header(real.path(), weights, Map.of(), 0))
                .architecture();
        assertEquals(wanted, found);
        assertFalse(found.isSupported());
    }

    @Test
    void theTitleIsTheMakersOrTheFiles() {
        assertEquals(
                "Two",
                ModelInfo.of(Objects.requireNonNull(FILES.get("sd2 noted v"))).title());
        assertEquals(
                "sd2 512",
                ModelInfo.of(Objects.requireNonNull(FILES.get("sd2 512"))).title());
    }

    @Test
    void theStarterIsASmallStableDiffusion1() {
        ModelInfo starter = ModelInfo.of(SafetensorsFile.open(Fixtures.starter("gesso-starter.safetensors")));
        assertEquals(
                "Gesso starter | CHECKPOINT SD1 LDM | fp16 | EPSILON 4 128 | 128x128 | vae text",
                line(starter.title(), starter));
        assertEquals("Stable Diffusion 1", starter.label());
        ModelInfo inpainting =
                ModelInfo.of(SafetensorsFile.open(Fixtures.starter("gesso-starter-inpainting.safetensors")));
        assertTrue(inpainting.isInpainting());
        assertEquals("Stable Diffusion 1 inpainting", inpainting.label());
        assertFalse(inpainting.isInstruct());
    }

    @Test
    void theDistilledFormsTakeWhatSdxlTakes() {
        assertEquals(Architecture.SDXL, Architecture.SSD_1B.family());
        assertTrue(Architecture.SEGMIND_VEGA.isSupported());
        assertEquals(Architecture.SD1, Architecture.SD1.family());
        Set<String> labels = new HashSet<>();
        for (Architecture a : Architecture.values()) {
            assertTrue(labels.add(a.label()), a.label());
        }
    }
}
