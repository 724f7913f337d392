package gesso.library.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import gesso.image.metadata.PictureMetadata;
import gesso.library.foreign.ComfyGraph.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * ComfyUI: the graph that made the picture ({@code prompt}), or what its window shows ({@code workflow}). From the sampler
 * the links lead to the texts, the checkpoint with its LoRAs, the size and, with the samplers in parts, to seed, sampler and
 * schedule. A second sampler behind an upscaler is hires fix.
 */
final class ComfySettings {
    /** Each is weighed against all others; real graphs have a handful. */
    private static final int MOST_SAMPLERS = 30;

    private final ComfyGraph graph;
    private final SettingsBuilder out = new SettingsBuilder();

    private ComfySettings(ComfyGraph graph) {
        this.graph = graph;
    }

    static Optional<PictureSettings> read(PictureMetadata metadata) {
        JsonNode prompt = Trees.object(metadata.texts().getOrDefault("prompt", ""));
        JsonNode workflow = Trees.object(metadata.texts().getOrDefault("workflow", ""));
        Optional<PictureSettings> made = new ComfySettings(new ComfyGraph(prompt)).read();
        return made.isPresent() ? made : new ComfySettings(new ComfyGraph(ComfyWorkflow.toPrompt(workflow))).read();
    }

    /** What the same settings mean there. */
    static void meanings(SettingsBuilder out) {
        out.put("RNG", "ComfyUI").put("Emphasis", "ComfyUI").put("Profile", "ComfyUI");
    }

    private Optional<PictureSettings> read() {
        List<String> samplers = graph.ids().stream()
                .filter(this::isSampler)
                .limit(MOST_SAMPLERS)
                .toList();
        // The first pass depends on no other sampler; of several pictures in one graph the first counts.
        Optional<String> first =
                samplers.stream().min(Comparator.comparingInt(id -> count(graph.upstream(id), samplers)));
        if (first.isEmpty()) {
            return Optional.empty();
        }
        ComfySampler base = new ComfySampler(graph, first.get());
        texts(base);
        out.put("Steps", base.steps())
                .put("Sampler", base.sampler())
                .put("Schedule type", base.schedule())
                .put("CFG scale", base.cfg())
                .put("Seed", base.seed());
        size(base);
        out.put("Model", SettingsBuilder.stem(model(base)));
        vae(base);
        base.tuning().forEach(out::put);
        samplers.stream()
                .filter(id -> !id.equals(base.id()) && graph.upstream(id).contains(base.id()))
                .min(Comparator.comparingInt(id -> count(graph.upstream(id), samplers)))
                .ifPresentOrElse(id -> hires(base, new ComfySampler(graph, id)), () -> reworked(base));
        meanings(out);
        return Optional.of(new PictureSettings("ComfyUI", out.build()));
    }

    private static int count(Set<String> upstream, List<String> samplers) {
        return (int) samplers.stream().filter(upstream::contains).count();
    }

    private boolean isSampler(String id) {
        boolean guided = graph.link(id, "positive").isPresent()
                || graph.link(id, "guider").isPresent();
        boolean samples = graph.has(id, "sampler_name") || graph.has(id, "sampler");
        return guided && samples && graph.has(id, "latent_image");
    }

    private void texts(ComfySampler base) {
        ComfyTexts texts = new ComfyTexts(graph);
        out.prompts(texts.of(base.guidance(), base.positiveInput()), texts.of(base.guidance(), "negative"));
        List<String> way = graph.walk(base.modelHolder(), "model");
        List<String> loras = new ArrayList<>(way);
        loras.removeIf(id -> !graph.has(id, "lora_name"));
        for (int i = loras.size() - 1; i >= 0; i--) {
            lora(loras.get(i));
        }
        for (String encoder : texts.encoders()) {
            graph.back(encoder, "clip", "stop_at_clip_layer")
                    .map(id -> graph.value(id, "stop_at_clip_layer"))
                    .filter(layer -> layer.matches("-([2-9]|1[0-2])"))
                    .ifPresent(layer -> out.put("Clip skip", layer.substring(1)));
        }
    }

    private void lora(String id) {
        double unet = Double.parseDouble(number(graph.value(id, "strength_model"), "1"));
        double text = Double.parseDouble(number(graph.value(id, "strength_clip"), SettingsBuilder.number(unet)));
        out.lora(graph.value(id, "lora_name"), unet, text);
    }

    private static String number(String text, String otherwise) {
        return text.matches("-?\\d{1,9}(\\.\\d{1,17})?") ? text : otherwise;
    }

    private String model(ComfySampler base) {
        for (String id : graph.walk(base.modelHolder(), "model")) {
            for (String name : List.of("ckpt_name", "unet_name", "base_ckpt_name", "model_name")) {
                String value = graph.value(id, name);
                if (!value.isEmpty()) {
                    return value;
                }
            }
        }
        return "";
    }

    /** The VAE of whatever decodes the picture. */
    private void vae(ComfySampler base) {
        graph.ids().stream()
                .filter(id -> graph.link(id, "samples").isPresent()
                        && graph.link(id, "vae").isPresent())
                .filter(id -> graph.upstream(id).contains(base.id()))
                .flatMap(id -> graph.link(id, "vae").stream())
                .map(link -> graph.value(link.node(), "vae_name"))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .ifPresent(name -> out.put("VAE", SettingsBuilder.stem(name)));
    }

    private void size(ComfySampler base) {
        graph.link(base.id(), "latent_image")
                .map(Link::node)
                .filter(id -> graph.has(id, "width")
                        && graph.has(id, "height")
                        && graph.links(id).isEmpty())
                .or(() -> graph.walk(base.id(), "latent_image").stream()
                        .filter(id -> graph.type(id).startsWith("Empty"))
                        .findFirst())
                .ifPresent(id -> out.put("Size", graph.value(id, "width") + "x" + graph.value(id, "height")));
    }

    private void reworked(ComfySampler base) {
        if (!base.denoise().isEmpty() && !base.denoise().equals("1")) {
            out.put("Denoising strength", base.denoise());
        }
    }

    private void hires(ComfySampler base, ComfySampler second) {
        Set<String> between = graph.upstream(second.id());
        between.removeAll(graph.upstream(base.id()));
        String denoise = second.denoise().isEmpty() ? "1" : second.denoise();
        for (String id : between) {
            if (graph.has(id, "upscale_method") || graph.has(id, "upscale_model")) {
                upscaler(id);
            }
        }
        out.put("Denoising strength", denoise).put("Hires steps", second.steps());
        if (!second.sampler().equals(base.sampler())) {
            out.put("Hires sampler", second.sampler());
        }
        if (!second.schedule().equals(base.schedule())) {
            out.put("Hires schedule type", second.schedule());
        }
        if (!second.cfg().equals(base.cfg())) {
            out.put("Hires CFG Scale", second.cfg());
        }
    }

    private void upscaler(String id) {
        boolean latent = graph.has(id, "samples");
        String method = graph.value(id, "upscale_method");
        if (graph.has(id, "upscale_model")) {
            graph.link(id, "upscale_model")
                    .ifPresent(link ->
                            out.put("Hires upscaler", SettingsBuilder.stem(graph.value(link.node(), "model_name"))));
        } else if (latent) {
            out.put("Hires upscaler", method.equals("bilinear") ? "Latent" : "Latent (" + method + ")");
        } else {
            out.put("Hires upscaler", method.equals("lanczos") ? "Lanczos" : method);
        }
        if (graph.has(id, "scale_by")) {
            out.put("Hires upscale", graph.value(id, "scale_by"));
        } else if (graph.has(id, "width")) {
            out.put("Hires resize", graph.value(id, "width") + "x" + graph.value(id, "height"));
        }
    }
}
