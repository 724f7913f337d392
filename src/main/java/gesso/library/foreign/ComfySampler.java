package gesso.library.foreign;

import gesso.library.foreign.ComfyGraph.Link;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One sampling node, whole ({@code KSampler}, {@code KSamplerAdvanced}) or in parts ({@code SamplerCustom}, {@code SamplerCustomAdvanced}). */
final class ComfySampler {
    private static final Map<String, String> SCHEDULERS = Map.of(
            "KarrasScheduler", "Karras",
            "ExponentialScheduler", "Exponential",
            "PolyexponentialScheduler", "Polyexponential",
            "BetaSamplingScheduler", "Beta",
            "AlignYourStepsScheduler", "Align Your Steps");

    private static final Map<String, String> SAMPLERS = Map.of(
            "SamplerEulerAncestral", "Euler a",
            "SamplerDPMPP_SDE", "DPM++ SDE",
            "SamplerDPMPP_2S_Ancestral", "DPM++ 2S a",
            "SamplerDPMPP_3M_SDE", "DPM++ 3M SDE",
            "SamplerLMS", "LMS",
            "SamplerDPMAdaptative", "DPM adaptive");

    private final ComfyGraph graph;
    private final String id;

    ComfySampler(ComfyGraph graph, String id) {
        this.graph = graph;
        this.id = id;
    }

    String id() {
        return id;
    }

    private String part(String input) {
        return graph.link(id, input).map(Link::node).orElse(id);
    }

    /** The node that positive and negative come into. */
    String guidance() {
        return part("guider");
    }

    String modelHolder() {
        return part("guider");
    }

    /** A guider without guidance has one conditioning alone. */
    String positiveInput() {
        return graph.has(guidance(), "positive") ? "positive" : "conditioning";
    }

    String seed() {
        String own = graph.value(id, graph.has(id, "noise_seed") ? "noise_seed" : "seed");
        return own.isEmpty() ? graph.value(part("noise"), "noise_seed") : own;
    }

    String cfg() {
        String cfg = graph.value(guidance(), "cfg");
        return cfg.isEmpty() && !guidance().equals(id) ? "1" : cfg;
    }

    /** The node that knows the steps: the sampler itself, or the scheduler behind what cuts its sigmas. */
    private String scheduler() {
        if (graph.has(id, "steps")) {
            return id;
        }
        Optional<String> direct = graph.link(id, "sigmas").map(Link::node).filter(node -> graph.has(node, "steps"));
        return direct.or(() -> graph.back(id, "sigmas", "steps")).orElse(id);
    }

    String steps() {
        return graph.value(scheduler(), "steps");
    }

    String denoise() {
        return graph.value(scheduler(), "denoise");
    }

    String schedule() {
        String node = scheduler();
        String named = graph.value(node, "scheduler");
        return named.isEmpty() ? SCHEDULERS.getOrDefault(graph.type(node), "") : KDiffusionNames.schedule(named);
    }

    String sampler() {
        String named = graph.value(id, "sampler_name");
        if (!named.isEmpty()) {
            return KDiffusionNames.sampler(named);
        }
        String node = part("sampler");
        String chosen = graph.value(node, "sampler_name");
        if (!chosen.isEmpty()) {
            return KDiffusionNames.sampler(chosen);
        }
        if (graph.type(node).equals("SamplerDPMPP_2M_SDE")) {
            return graph.value(node, "solver_type").equals("heun") ? "DPM++ 2M SDE Heun" : "DPM++ 2M SDE";
        }
        return SAMPLERS.getOrDefault(graph.type(node), graph.type(node));
    }

    /** Finer settings of a sampler or schedule in parts, where they differ from the usual. */
    Map<String, String> tuning() {
        Map<String, String> found = new LinkedHashMap<>();
        String sampler = part("sampler");
        unless(found, "Eta", graph.value(sampler, "eta"), "1");
        String sigmas = scheduler();
        if (!graph.value(sigmas, "scheduler").isEmpty()) {
            return found;
        }
        for (Map.Entry<String, List<String>> each : Map.of(
                        "Schedule min sigma", List.of("sigma_min", "0.0291675"),
                        "Schedule max sigma", List.of("sigma_max", "14.614642"),
                        "Schedule rho", List.of("rho", schedule().equals("Karras") ? "7" : "1"))
                .entrySet()) {
            unless(
                    found,
                    each.getKey(),
                    graph.value(sigmas, each.getValue().get(0)),
                    each.getValue().get(1));
        }
        return found;
    }

    private static void unless(Map<String, String> found, String key, String value, String usual) {
        if (!value.isEmpty() && !value.equals(usual)) {
            found.put(key, value);
        }
    }
}
