package gesso.library.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * ComfyUI's graph in its API form: nodes by id, each with its class and inputs; an input is a value, or a link
 * {@code [id, output]}. Links may go in circles or nowhere: every walk ends.
 */
final class ComfyGraph {
    /** An output of a node. */
    record Link(String node, int output) {}

    /** What nodes that hold a single value call it. */
    private static final List<String> VALUE_NAMES = List.of(
            "value", "seed", "noise_seed", "int", "float", "number", "string", "text", "prompt", "String", "Value");

    private static final int DEEPEST = 200;

    /** Real graphs have some hundreds at most; whatever has more is made to take time. */
    private static final int MOST_NODES = 5000;

    private final Map<String, JsonNode> nodes = new LinkedHashMap<>();

    ComfyGraph(JsonNode prompt) {
        for (Map.Entry<String, JsonNode> node : prompt.properties()) {
            if (node.getValue().path("inputs").isObject() && nodes.size() < MOST_NODES) {
                nodes.put(node.getKey(), node.getValue());
            }
        }
    }

    Set<String> ids() {
        return nodes.keySet();
    }

    String type(String id) {
        return nodes.containsKey(id) ? nodes.get(id).path("class_type").asText() : "";
    }

    JsonNode inputs(String id) {
        return nodes.containsKey(id) ? nodes.get(id).path("inputs") : MissingNode.getInstance();
    }

    boolean has(String id, String input) {
        return inputs(id).has(input);
    }

    Optional<Link> link(String id, String input) {
        return link(inputs(id).path(input));
    }

    private Optional<Link> link(JsonNode value) {
        boolean isLink = value.isArray() && value.size() == 2 && value.get(1).isInt();
        return isLink && nodes.containsKey(value.get(0).asText())
                ? Optional.of(new Link(value.get(0).asText(), value.get(1).asInt()))
                : Optional.empty();
    }

    /** The links of all inputs of a node. */
    List<Link> links(String id) {
        List<Link> links = new ArrayList<>();
        inputs(id).forEach(value -> link(value).ifPresent(links::add));
        return links;
    }

    /** An input's value, through the nodes that only hold one; nothing where it is computed. */
    String value(String id, String input) {
        JsonNode value = inputs(id).path(input);
        for (int i = 0; i < DEEPEST; i++) {
            Optional<Link> link = link(value);
            if (link.isEmpty()) {
                return value.isValueNode() ? SettingsBuilder.text(value) : "";
            }
            value = held(link.get().node());
        }
        return "";
    }

    private JsonNode held(String id) {
        JsonNode inputs = inputs(id);
        for (String name : VALUE_NAMES) {
            if (inputs.has(name)) {
                return inputs.path(name);
            }
        }
        return inputs.size() == 1 ? inputs.iterator().next() : MissingNode.getInstance();
    }

    /** The first node back along one input (a model through its LoRAs, a latent through its upscalers) that has another input. */
    Optional<String> back(String id, String along, String wanted) {
        return walk(id, along).stream().filter(node -> has(node, wanted)).findFirst();
    }

    /** The nodes back along an input, the nearest first. Where a node has no input of that name, its only link is followed. */
    List<String> walk(String id, String along) {
        List<String> way = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(id));
        Optional<Link> next = link(id, along);
        while (next.isPresent() && seen.add(next.get().node()) && way.size() < DEEPEST) {
            String node = next.get().node();
            way.add(node);
            Optional<Link> same = link(node, along);
            List<Link> all = links(node);
            next = same.isPresent() || all.size() != 1 ? same : Optional.of(all.get(0));
        }
        return way;
    }

    /** All nodes that a node depends on. */
    Set<String> upstream(String id) {
        Set<String> seen = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(id));
        while (!open.isEmpty()) {
            for (Link link : links(open.remove(open.size() - 1))) {
                if (seen.add(link.node())) {
                    open.add(link.node());
                }
            }
        }
        return seen;
    }
}
