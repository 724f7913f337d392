package gesso.library.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import gesso.image.metadata.Infotext;
import java.util.Set;

/** SwarmUI ({@code T2IParamInput.GenFullMetadataObject}): ComfyUI's meanings, under names without spaces. */
final class SwarmSettings {
    private static final Set<String> KNOWN = Set.of(
            "prompt",
            "negativeprompt",
            "model",
            "seed",
            "steps",
            "cfgscale",
            "width",
            "height",
            "sampler",
            "scheduler",
            "variationseed",
            "variationseedstrength",
            "vae",
            "loras",
            "loraweights",
            "loratencweights",
            "initimagecreativity",
            "maskblur",
            "clipstopatlayer",
            "seamlesstileable",
            "images",
            "batchsize",
            "aspectratio",
            "swarm_version",
            "comfyuisampler",
            "comfyuischeduler",
            "personalnote");

    private SwarmSettings() {}

    static PictureSettings of(JsonNode json) {
        JsonNode asked = json.path("sui_image_params");
        SettingsBuilder out = new SettingsBuilder()
                .prompts(
                        asked.path("prompt").asText(),
                        asked.path("negativeprompt").asText());
        JsonNode loras = asked.path("loras");
        for (int i = 0; i < loras.size(); i++) {
            double unet = weight(asked.path("loraweights").path(i), 1);
            out.lora(
                    loras.get(i).asText(),
                    unet,
                    weight(asked.path("loratencweights").path(i), unet));
        }
        out.put("Steps", asked.path("steps"))
                .put("Sampler", KDiffusionNames.sampler(first(asked, "sampler", "comfyuisampler", "euler")))
                .put("Schedule type", KDiffusionNames.schedule(first(asked, "scheduler", "comfyuischeduler", "normal")))
                .put("CFG scale", asked.path("cfgscale"))
                .put("Seed", asked.path("seed"))
                .size(asked.path("width"), asked.path("height"))
                .put("Model hash", modelHash(json))
                .put("Model", SettingsBuilder.stem(asked.path("model").asText()))
                .put("VAE", SettingsBuilder.stem(asked.path("vae").asText()));
        if (weight(asked.path("variationseedstrength"), 0) > 0) {
            out.put("Variation seed", asked.path("variationseed"))
                    .put("Variation seed strength", asked.path("variationseedstrength"));
        }
        out.put("Denoising strength", asked.path("initimagecreativity")).put("Mask blur", asked.path("maskblur"));
        int layer = (int) weight(asked.path("clipstopatlayer"), -1);
        if (layer < -1) {
            out.put("Clip skip", Integer.toString(-layer));
        }
        if (asked.path("seamlesstileable").asText().equals("true")) {
            out.put("Tiling", "True");
        }
        ComfySettings.meanings(out);
        Infotext text = out.rest(asked, KNOWN).build();
        return new PictureSettings("SwarmUI", text);
    }

    private static String first(JsonNode asked, String key, String older, String usual) {
        return asked.path(key).asText(asked.path(older).asText(usual));
    }

    /** Numbers may be text, alone or in a list. */
    private static double weight(JsonNode value, double otherwise) {
        return value.asDouble(otherwise);
    }

    /** {@code sui_models}, where hashes are switched on: {@code 0x…}, of the tensors alone before 2025. */
    private static String modelHash(JsonNode json) {
        for (JsonNode model : json.path("sui_models")) {
            if (model.path("param").asText().equals("model")) {
                String hash = model.path("hash").asText().replaceFirst("^0x", "");
                return hash.length() >= 10 ? hash.substring(0, 10) : "";
            }
        }
        return "";
    }
}
