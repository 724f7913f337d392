package gesso.library.preset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gesso.request.BadInput;
import gesso.request.InvalidRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files as the other programs write them. */
class PresetImportTest {
    private static Preset one(String text, String name) {
        List<Preset> presets = PresetImport.read(text, name);
        assertEquals(1, presets.size());
        return presets.get(0);
    }

    @Test
    void stylesOfA1111() {
        List<Preset> styles = PresetImport.read(
                "name,prompt,negative_prompt\nInk,\"ink drawing of {prompt}, paper\",\nNight,\"night, moon\",\"day, sun\"\n",
                "styles.csv");
        assertEquals(
                Map.of("prompt", "ink drawing of {prompt}, paper"),
                styles.get(0).settings());
        assertEquals(
                Map.of("prompt", "{prompt}, night, moon", "negative", "{prompt}, day, sun"),
                styles.get(1).settings());
        assertEquals("Night", styles.get(1).name("en"));
    }

    @Test
    void uiConfigOfA1111() {
        List<Preset> tabs = PresetImport.read("""
                {"txt2img/Prompt/value": "", "customscript/sampler.py/txt2img/Sampling steps/value": 28,
                 "customscript/sampler.py/txt2img/Sampling method/value": "DPM++ 2M SDE",
                 "customscript/sampler.py/txt2img/Schedule type/value": "Karras",
                 "txt2img/CFG Scale/value": 6.5, "txt2img/CFG Scale/minimum": 1.0,
                 "txt2img/Width/value": 768, "txt2img/Height/value": 512,
                 "img2img/Denoising strength/value": 0.6, "img2img/Mask blur/value": 8,
                 "img2img/Only masked padding, pixels/value": 48}""", "ui-config.json");
        assertEquals(
                Map.of("steps", 28, "sampler", "DPM++ 2M SDE", "schedule", "Karras", "cfg", 6.5, "size", "768x512"),
                tabs.get(0).settings());
        assertEquals(
                Map.of("denoise", 0.6, "mask-blur", 8, "padding", 48),
                tabs.get(1).settings());
    }

    @Test
    void configOfA1111() {
        Preset preset = one("""
                {"samples_save": true, "CLIP_stop_at_last_layers": 2, "eta_noise_seed_delta": 31337,
                 "randn_source": "NV", "inpainting_mask_weight": 0.35, "img2img_fix_steps": true,
                 "sd_model_checkpoint": "sub/anything-v5.safetensors [0123456789]"}""", "config.json");
        assertEquals(
                Map.of("clip-skip", 2, "ensd", 31337, "rng", "NV", "mask-weight", 0.35, "exact-steps", true),
                preset.settings());
        assertEquals(new Preset.Model("anything-v5", "0123456789", ""), preset.model());
    }

    @Test
    void presetOfFooocus() {
        Preset preset = one("""
                {"default_model": "juggernautXL_v8.safetensors",
                 "default_loras": [[true, "None", 1.0], [true, "sd_xl_offset.safetensors", 0.1], [false, "off.safetensors", 1]],
                 "default_cfg_scale": 4.0, "default_sampler": "dpmpp_2m_sde_gpu", "default_scheduler": "karras",
                 "default_performance": "Speed", "default_prompt": "", "default_prompt_negative": "blur",
                 "default_styles": ["Fooocus V2", "Fooocus Sharp"], "default_aspect_ratio": "1152*896"}""", "realistic.json");
        assertEquals(
                Map.of(
                        "prompt", "{prompt} <lora:sd_xl_offset:0.1>",
                        "negative", "blur",
                        "cfg", 4.0,
                        "steps", 30,
                        "sampler", "DPM++ 2M SDE",
                        "schedule", "Karras",
                        "size", "1152x896"),
                preset.settings());
        assertEquals(new Preset.Model("juggernautXL_v8", "", ""), preset.model());
        assertEquals("Fooocus styles: Fooocus V2, Fooocus Sharp", preset.description("en"));
    }

    @Test
    void stylesOfFooocusAndInvoke() {
        assertEquals(
                Map.of("prompt", "cinematic still {prompt} . film grain", "negative", "{prompt}, anime"),
                one("""
                        [{"name": "cinematic", "prompt": "cinematic still {prompt} . film grain",
                          "negative_prompt": "anime"}]""", "sdxl_styles.json").settings());
        String invoke = """
                [{"name": "Ink", "type": "user",
                  "preset_data": {"positive_prompt": "ink {prompt}", "negative_prompt": ""}},
                 {"name": "Oil", "positive_prompt": "oil", "negative_prompt": "photo"}]""";
        List<Preset> styles = PresetImport.read(invoke, "invoke.json");
        assertEquals(Map.of("prompt", "ink {prompt}"), styles.get(0).settings());
        assertEquals(
                Map.of("prompt", "{prompt}, oil", "negative", "{prompt}, photo"),
                styles.get(1).settings());
    }

    @Test
    void styleOfKrita() {
        Preset preset = one("""
                {"name": "Cinematic Photo", "version": 5, "architecture": "auto",
                 "checkpoints": ["sub\\\\juggernaut.safetensors"],
                 "loras": [{"name": "detail.safetensors", "strength": 0.6}, {"name": "off.safetensors", "enabled": false}],
                 "style_prompt": "{prompt}, analog film", "negative_prompt": "cartoon", "clip_skip": 0,
                 "sampler": "Default - DPM++ 2M", "sampler_steps": 24, "cfg_scale": 5.5}""", "style.json");
        assertEquals(
                Map.of(
                        "prompt", "{prompt}, analog film <lora:detail:0.6>",
                        "negative", "{prompt}, cartoon",
                        "steps", 24,
                        "cfg", 5.5,
                        "sampler", "DPM++ 2M",
                        "schedule", "Automatic"),
                preset.settings());
        assertEquals(new Preset.Model("juggernaut", "", ""), preset.model());
    }

    @Test
    void anythingElseIsASentence() {
        assertThrows(BadInput.class, () -> PresetImport.read("{\"a\": 1}", "x.json"));
        assertThrows(BadInput.class, () -> PresetImport.read("[1, 2]", "x.json"));
        assertThrows(BadInput.class, () -> PresetImport.read("name,prompt\n", "styles.csv"));
        assertEquals(
                "cfg",
                assertThrows(
                                InvalidRequest.class,
                                () -> PresetImport.read("{\"txt2img/CFG Scale/value\": 40}", "ui-config.json"))
                        .field());
    }
}
