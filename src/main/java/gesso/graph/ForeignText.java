package gesso.graph;

import gesso.graph.Onnx.ElementType;
import gesso.weights.OnnxFile.Value;
import gesso.weights.OnnxTensor;
import gesso.weights.WeightFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A CLIP text encoder that is an ONNX file already; see {@link ClipText} for what goes in and comes out. The hidden states of its
 * layers are its outputs (optimum's SDXL), or found inside under the names that torch's exporter gives them; an encoder that
 * shows neither gives its last layer alone.
 */
final class ForeignText {
    private static final Pattern STATE = Pattern.compile("hidden_states\\.(\\d{1,3})");

    private final OnnxAdapter adapter;
    private final Graph graph;
    /** By their numbers, 0 for the embeddings. */
    private final Map<Integer, String> states = new TreeMap<>();

    ForeignText(WeightFile file, Path path) {
        adapter = new OnnxAdapter("text encoder", file, path);
        graph = adapter.graph;
        for (Value output : adapter.foreign().outputs()) {
            Matcher m = STATE.matcher(output.name());
            if (m.matches()) {
                states.put(Integer.parseInt(m.group(1)), output.name());
            }
        }
        if (states.isEmpty()) {
            inside();
        }
    }

    /** Layer i's second addition gives state i + 1. */
    private void inside() {
        for (int i = 0; i < 64; i++) {
            String name = adapter.foreign().result("layers." + i + "/Add_1_output_0");
            if (name == null) {
                return;
            }
            states.put(i + 1, name);
        }
    }

    /** How many layers can be asked for; 0: the last alone. */
    int layers() {
        return states.isEmpty() ? 0 : states.size() - (states.containsKey(0) ? 1 : 0);
    }

    OnnxModel build() {
        Value wanted = adapter.only("input_ids");
        String ids = graph.input("ids", ElementType.INT64, dim(wanted, 0, "n"), dim(wanted, 1, "tokens"));
        String layer = graph.input("layer", ElementType.INT64, 1);
        adapter.give(wanted, ids);
        Value last = adapter.output("last_hidden_state");
        String normed = adapter.taken((last == null ? adapter.firstOutput() : last).name());
        String hidden = layers() == 0 ? normed : hidden(layer);
        graph.output("hidden", hidden, "n", "tokens", "width");
        graph.output("normed", layers() == 0 ? normed : norm(hidden, normed), "n", "tokens", "width");
        Value pooled = adapter.output("text_embeds");
        if (pooled != null) {
            graph.output("pooled", adapter.taken(pooled.name()), "n", "width");
        }
        return adapter.build();
    }

    private static Object dim(Value input, int axis, String otherwise) {
        return axis < input.dims().length && input.dims()[axis] > 0 ? (Object) input.dims()[axis] : otherwise;
    }

    /** The state that is asked for: all of them one above the other, and one cut out. */
    private String hidden(String layer) {
        List<String> all = new ArrayList<>();
        String first = adapter.taken(states.values().iterator().next());
        if (!states.containsKey(0)) {
            all.add(first); // nobody asks for the embeddings by themselves
        }
        states.values().forEach(state -> all.add(adapter.taken(state)));
        String tower = graph.op("Concat", all, Attribute.of("axis", 0L));
        String shape = graph.op("Shape", List.of(first));
        String rest = graph.op("Slice", List.of(shape, graph.ints(1), graph.ints(3)));
        String floors = graph.op("Concat", List.of(graph.ints(all.size(), -1), rest), Attribute.of("axis", 0L));
        String stacked = graph.op("Reshape", List.of(tower, floors));
        String chosen = graph.op("Gather", List.of(stacked, layer), Attribute.of("axis", 0L));
        return graph.op("Reshape", List.of(chosen, shape));
    }

    /** After its own last norm, whose weights keep their names; without them, only the last layer's is known. */
    private String norm(String hidden, String last) {
        OnnxTensor weight = find("final_layer_norm.weight");
        OnnxTensor bias = find("final_layer_norm.bias");
        if (weight == null || bias == null) {
            return last;
        }
        return graph.op(
                "LayerNormalization",
                List.of(hidden, adapter.taken(weight.name()), adapter.taken(bias.name())),
                Attribute.of("epsilon", 1e-5f));
    }

    private @Nullable OnnxTensor find(String ending) {
        return adapter.foreign().tensors().stream()
                .filter(t -> t.name().endsWith(ending))
                .findFirst()
                .orElse(null);
    }
}
