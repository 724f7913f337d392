package gesso.graph;

import gesso.graph.Graph.ElementType;
import gesso.weights.WeightFile;
import java.util.ArrayList;
import java.util.List;

/**
 * CLIP's text encoder (Radford et al. 2021; transformers' CLIPTextModel).
 *
 * <p>Inputs: {@code ids} [n, 77] int64; {@code layer} [1] int64, which hidden state is wanted: 0 for the
 * embeddings, i for what the i-th layer gives. Outputs: {@code hidden} [n, 77, width], that state, and {@code normed}, the
 * same after the final layer norm. All layers are computed whichever is asked for, so that one session serves every clip
 * skip; an encoder costs little beside a UNet.
 */
public final class ClipText {
    private static final int HEAD_WIDTH = 64;
    private static final float QUICK_GELU = 1.702f;
    private static final String LAYERS = "encoder.layers.";

    private final Graph graph;
    private final Layers layers;
    private final String prefix;

    private ClipText(Graph graph, String prefix) {
        this.graph = graph;
        this.layers = new Layers(graph);
        this.prefix = prefix;
    }

    /**
     * The encoder in {@code file}.
     *
     * @param prefix of its tensors' names, {@code cond_stage_model.transformer.text_model.} in a checkpoint of SD1
     */
    public static OnnxModel build(WeightFile file, String prefix) {
        Graph graph = new Graph("text encoder", file);
        new ClipText(graph, prefix).write();
        return graph.build();
    }

    /** How many hidden layers there are. */
    public static int layers(WeightFile file, String prefix) {
        return new Graph("text encoder", file).count(prefix + LAYERS);
    }

    private void write() {
        String ids = graph.input("ids", ElementType.INT64, "n", "tokens");
        String wanted = graph.input("layer", ElementType.INT64, 1);
        String positions = prefix + "embeddings.position_embedding.weight";
        int tokens = graph.dim(positions, 2, 0);
        int width = graph.dim(positions, 2, 1);
        String table = graph.weight(prefix + "embeddings.token_embedding.weight");
        String x = layers.add(graph.op("Gather", List.of(table, ids)), graph.inline(positions, tokens, width));

        int count = graph.count(prefix + LAYERS);
        if (count == 0) {
            throw graph.unusable("it has no tensors " + prefix + LAYERS);
        }
        List<String> hidden = new ArrayList<>();
        hidden.add(graph.op("Unsqueeze", List.of(x, graph.ints(0))));
        for (int i = 0; i < count; i++) {
            x = block(prefix + LAYERS + i + ".", x, width / HEAD_WIDTH);
            hidden.add(graph.op("Unsqueeze", List.of(x, graph.ints(0))));
        }
        String all = graph.op("Concat", hidden, Attribute.of("axis", 0L));
        String chosen = graph.op("Gather", List.of(all, wanted));
        String one = graph.op("Squeeze", List.of(chosen, graph.ints(0)));
        graph.output("hidden", one, "n", "tokens", width);
        graph.output("normed", layers.layerNorm(prefix + "final_layer_norm", one), "n", "tokens", width);
    }

    private String block(String at, String x, int heads) {
        String h = layers.layerNorm(at + "layer_norm1", x);
        String attended = layers.attention(
                layers.linear(at + "self_attn.q_proj", h),
                layers.linear(at + "self_attn.k_proj", h),
                layers.linear(at + "self_attn.v_proj", h),
                heads,
                Attribute.of("unidirectional", 1L));
        String y = layers.add(x, layers.linear(at + "self_attn.out_proj", attended));
        String inner = layers.linear(at + "mlp.fc1", layers.layerNorm(at + "layer_norm2", y));
        return layers.add(y, layers.linear(at + "mlp.fc2", layers.quickGelu(inner, QUICK_GELU)));
    }
}
