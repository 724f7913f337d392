package gesso.library.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * ComfyUI's window form of a graph in its API form, for files that have nothing else: there the values of a node's controls
 * are a bare list, in the order in which the node declares them.
 */
final class ComfyWorkflow {
    /** What the controls of ComfyUI's own nodes are, in order; an empty name is one that does not reach the node. */
    private static final Map<String, List<String>> CONTROLS = Map.ofEntries(
            Map.entry("KSampler", List.of("seed", "", "steps", "cfg", "sampler_name", "scheduler", "denoise")),
            Map.entry(
                    "KSamplerAdvanced",
                    List.of(
                            "add_noise",
                            "noise_seed",
                            "",
                            "steps",
                            "cfg",
                            "sampler_name",
                            "scheduler",
                            "start_at_step",
                            "end_at_step")),
            Map.entry("SamplerCustom", List.of("add_noise", "noise_seed", "", "cfg")),
            Map.entry("RandomNoise", List.of("noise_seed", "")),
            Map.entry("CFGGuider", List.of("cfg")),
            Map.entry("KSamplerSelect", List.of("sampler_name")),
            Map.entry("BasicScheduler", List.of("scheduler", "steps", "denoise")),
            Map.entry("KarrasScheduler", List.of("steps", "sigma_max", "sigma_min", "rho")),
            Map.entry("CheckpointLoaderSimple", List.of("ckpt_name")),
            Map.entry("UNETLoader", List.of("unet_name", "weight_dtype")),
            Map.entry("VAELoader", List.of("vae_name")),
            Map.entry("LoraLoader", List.of("lora_name", "strength_model", "strength_clip")),
            Map.entry("LoraLoaderModelOnly", List.of("lora_name", "strength_model")),
            Map.entry("CLIPSetLastLayer", List.of("stop_at_clip_layer")),
            Map.entry("CLIPTextEncode", List.of("text")),
            Map.entry(
                    "CLIPTextEncodeSDXL",
                    List.of(
                            "width",
                            "height",
                            "crop_w",
                            "crop_h",
                            "target_width",
                            "target_height",
                            "text_g",
                            "text_l")),
            Map.entry("EmptyLatentImage", List.of("width", "height", "batch_size")),
            Map.entry("EmptySD3LatentImage", List.of("width", "height", "batch_size")),
            Map.entry("LatentUpscale", List.of("upscale_method", "width", "height", "crop")),
            Map.entry("LatentUpscaleBy", List.of("upscale_method", "scale_by")),
            Map.entry("ImageScale", List.of("upscale_method", "width", "height", "crop")),
            Map.entry("ImageScaleBy", List.of("upscale_method", "scale_by")),
            Map.entry("UpscaleModelLoader", List.of("model_name")),
            Map.entry("PrimitiveNode", List.of("value")));

    private ComfyWorkflow() {}

    static JsonNode toPrompt(JsonNode workflow) {
        Map<Long, JsonNode> links = new HashMap<>();
        workflow.path("links").forEach(link -> links.put(link.path(0).asLong(), link));
        ObjectNode prompt = JsonNodeFactory.instance.objectNode();
        for (JsonNode node : workflow.path("nodes")) {
            ObjectNode made = prompt.putObject(node.path("id").asText());
            String type = node.path("type").asText();
            made.put("class_type", type);
            ObjectNode inputs = made.putObject("inputs");
            controls(node.path("widgets_values"), CONTROLS.getOrDefault(type, List.of()), inputs);
            for (JsonNode input : node.path("inputs")) {
                JsonNode link = links.get(input.path("link").asLong(-1));
                if (link != null) {
                    inputs.putArray(input.path("name").asText())
                            .add(link.path(1).asText())
                            .add(link.path(2).asInt());
                }
            }
        }
        return prompt;
    }

    private static void controls(JsonNode values, List<String> names, ObjectNode inputs) {
        for (int i = 0; i < Math.min(values.size(), names.size()) && values.isArray(); i++) {
            if (!names.get(i).isEmpty()) {
                inputs.set(names.get(i), values.get(i));
            }
        }
        if (values.isObject()) {
            values.properties().forEach(value -> inputs.set(value.getKey(), value.getValue()));
        }
    }
}
