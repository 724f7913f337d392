package gesso.graph;

import gesso.graph.Onnx.ElementType;
import gesso.weights.WeightFile;
import java.util.List;

/**
 * BLIP's text decoder: BERT (Devlin et al. 2018) that looks back alone, with cross-attention to a picture.
 *
 * <p>Inputs: {@code ids} [1, t] int64; {@code keys} and {@code values} [layers, n, width] of {@link BlipVision}. Output:
 * {@code logits} [1, vocabulary], of the token that comes next.
 */
public final class BlipText {
    static final String BLOCKS = "bert.encoder.layer.";

    private static final int HEAD_WIDTH = 64;
    private static final float EPSILON = 1e-12f;

    private final Graph graph;
    private final Layers layers;
    private final String prefix;

    private BlipText(Graph graph, String prefix) {
        this.graph = graph;
        this.layers = new Layers(graph);
        this.prefix = prefix;
    }

    /** The decoder that lies where {@code parts} says. */
    public static OnnxModel build(WeightFile file, BlipParts parts) {
        Graph graph = new Graph("BLIP text decoder", file);
        new BlipText(graph, parts.text()).write();
        return graph.build();
    }

    private void write() {
        String ids = graph.input("ids", ElementType.INT64, 1, "t");
        String table = prefix + "bert.embeddings.word_embeddings.weight";
        int width = graph.dim(table, 2, 1);
        int count = graph.count(prefix + BLOCKS);
        String keys = graph.input("keys", ElementType.FLOAT, count, "n", width);
        String values = graph.input("values", ElementType.FLOAT, count, "n", width);
        String positions = prefix + "bert.embeddings.position_embeddings.weight";
        int most = graph.dim(positions, 2, 0);
        String here = graph.op(
                "Slice",
                List.of(
                        graph.inline(positions, most, width),
                        graph.ints(0),
                        graph.op("Shape", List.of(ids), Attribute.of("start", 1L)),
                        graph.ints(0)));
        String words = graph.op("Gather", List.of(graph.weight(table), ids));
        String x = norm("bert.embeddings.LayerNorm", layers.wide(graph.op("Add", List.of(words, here)), width));
        for (int i = 0; i < count; i++) {
            x = block(BLOCKS + i + ".", x, part(keys, i, width), part(values, i, width));
        }
        String last = layers.like(x, graph.op("Gather", List.of(x, graph.ints(-1)), Attribute.of("axis", 1L)));
        String state = layers.like(last, graph.op("Squeeze", List.of(last, graph.ints(1))));
        String logits = logits(state, table);
        graph.output("logits", logits, 1, layers.width(logits));
    }

    /** One layer's of what the picture gives, [1, n, width]. */
    private String part(String all, int layer, int width) {
        return layers.wide(graph.op("Gather", List.of(all, graph.ints(layer)), Attribute.of("axis", 0L)), width);
    }

    private String block(String at, String x, String keys, String values) {
        int heads = layers.width(x) / HEAD_WIDTH;
        String self = at + "attention.self.";
        String looked = layers.attention(
                linear(self + "query", x),
                linear(self + "key", x),
                linear(self + "value", x),
                heads,
                Attribute.of("unidirectional", 1L));
        String y = output(at + "attention.output", looked, x);
        String seen = layers.attention(linear(at + "crossattention.self.query", y), keys, values, heads);
        String z = output(at + "crossattention.output", seen, y);
        return output(at + "output", layers.gelu(linear(at + "intermediate.dense", z)), z);
    }

    /** BERT's norms come after the sum. */
    private String output(String at, String x, String before) {
        return norm(at + ".LayerNorm", layers.add(linear(at + ".dense", x), before));
    }

    private String logits(String state, String table) {
        String head = "cls.predictions.";
        String bent = norm(head + "transform.LayerNorm", layers.gelu(linear(head + "transform.dense", state)));
        // Files in which the last layer is the table of words leave it out.
        String own = prefix + head + "decoder.weight";
        String bias =
                graph.has(prefix + head + "decoder.bias") ? prefix + head + "decoder.bias" : prefix + head + "bias";
        return layers.linear(graph.has(own) ? own : table, bias, bent);
    }

    private String linear(String at, String x) {
        return layers.linear(prefix + at, x);
    }

    private String norm(String at, String x) {
        return layers.layerNorm(prefix + at, x, EPSILON);
    }
}
