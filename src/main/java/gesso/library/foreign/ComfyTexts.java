package gesso.library.foreign;

import gesso.library.foreign.ComfyGraph.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words that a conditioning of ComfyUI's graph comes from. */
final class ComfyTexts {
    /** Inputs of text encoders, by the names they have in ComfyUI and the common packs of nodes. */
    private static final List<String> TEXTS =
            List.of("text", "text_g", "text_l", "clip_l", "t5xxl", "prompt", "populated_text", "positive_prompt");

    private static final int DEEPEST = 100;

    /** A graph can double its words at every node; no prompt has a tenth of this. */
    private static final int LONGEST = 200_000;

    private final ComfyGraph graph;
    private final Map<Link, String> known = new HashMap<>();
    private int depth;
    private final Set<String> encoders = new LinkedHashSet<>();

    ComfyTexts(ComfyGraph graph) {
        this.graph = graph;
    }

    /** The text encoders that were met, for what else they tell. */
    Set<String> encoders() {
        return encoders;
    }

    String of(String node, String input) {
        return graph.link(node, input).map(this::of).orElse("");
    }

    private String of(Link link) {
        if (known.containsKey(link) || depth > DEEPEST) {
            return known.getOrDefault(link, "");
        }
        known.put(link, ""); // for links that come back here
        depth++;
        String words = words(link.node(), link.output());
        depth--;
        known.put(link, words);
        return words;
    }

    private String words(String id, int output) {
        if (graph.type(id).equals("ConditioningZeroOut")) {
            return "";
        }
        String encoded = encoded(id);
        if (!encoded.isEmpty() || graph.has(id, "clip")) {
            encoders.add(id);
            return encoded;
        }
        if (graph.link(id, "positive").isPresent() && graph.link(id, "negative").isPresent()) {
            return of(id, output == 1 ? "negative" : "positive"); // ControlNet, inpainting: both go through
        }
        if (graph.has(id, "conditioning_to")) {
            // "Concat" lays the chunks one behind the other; an average is mostly its first.
            return graph.has(id, "conditioning_to_strength")
                    ? of(id, "conditioning_to")
                    : joined(id, "conditioning_to", " BREAK ", "conditioning_from");
        }
        if (graph.has(id, "conditioning_1")) {
            return joined(id, "conditioning_1", " AND ", "conditioning_2");
        }
        Optional<Link> through =
                graph.link(id, "conditioning").or(() -> graph.links(id).stream().findFirst());
        return through.map(this::of).orElse("");
    }

    private String joined(String id, String first, String between, String second) {
        List<String> parts = new ArrayList<>(List.of(of(id, first), of(id, second)));
        parts.removeIf(String::isEmpty);
        String both = String.join(between, parts);
        return both.length() > LONGEST ? parts.get(0) : both;
    }

    /** An encoder's own words: SDXL's two encoders usually get the same. */
    private String encoded(String id) {
        Set<String> words = new LinkedHashSet<>();
        for (String input : TEXTS) {
            String text = graph.value(id, input).strip();
            if (!text.isEmpty()) {
                words.add(text);
            }
        }
        return String.join(", ", words);
    }
}
