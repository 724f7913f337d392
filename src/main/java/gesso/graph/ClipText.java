package gesso.graph;

import gesso.graph.Onnx.ElementType;
import gesso.weights.WeightFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CLIP's text encoder (Radford et al. 2021), as transformers names it (SD1, SDXL's first) or as OpenCLIP does (SD2, SDXL's
 * second).
 *
 * <p>Inputs: {@code ids} [n, 77] int64; {@code layer} [1] int64, which hidden state is wanted: 0 for the embeddings, i for what
 * the i-th layer gives; {@code places} [m] int64 and {@code vectors} [m, width], what stands in the place of tokens, counted
 * through all n texts. Outputs: {@code hidden} [n, 77, width], that state; {@code normed}, the same after the final layer norm;
 * and, where the file has a text projection, {@code pooled} [n, width]: the last state at the end token, normed and projected.
 * All layers are computed whichever is asked for, so that one session serves every clip skip; an encoder costs little beside a
 * UNet.
 */
public final class ClipText {
    private static final int HEAD_WIDTH = 64;
    static final float QUICK_GELU = 1.702f;
    private static final String OPEN_PROJECTION = "text_projection";
    /** TensorProto.DataType's number of a 32-bit integer. */
    private static final long INT32 = 6;

    private final Graph graph;
    private final Layers layers;
    private final String prefix;
    private final Naming naming;
    private final boolean quickGelu;

    private ClipText(Graph graph, String prefix, @Nullable Boolean quickGelu) {
        this.graph = graph;
        this.layers = new Layers(graph);
        this.prefix = prefix;
        this.naming = graph.has(prefix + Naming.OPEN_CLIP.tokens) ? Naming.OPEN_CLIP : Naming.TRANSFORMERS;
        this.quickGelu = quickGelu == null ? naming == Naming.TRANSFORMERS : quickGelu;
    }

    /** Names of tensors and layers after the prefix, or after a block's. */
    private enum Naming {
        TRANSFORMERS(
                "embeddings.token_embedding.weight",
                "embeddings.position_embedding.weight",
                "encoder.layers.",
                "layer_norm1",
                "self_attn.out_proj",
                "layer_norm2",
                "mlp.fc1",
                "mlp.fc2",
                "final_layer_norm"),
        OPEN_CLIP(
                "token_embedding.weight",
                "positional_embedding",
                "transformer.resblocks.",
                "ln_1",
                "attn.out_proj",
                "ln_2",
                "mlp.c_fc",
                "mlp.c_proj",
                "ln_final");

        private final String tokens;
        private final String positions;
        private final String blocks;
        private final String norm1;
        private final String attentionOut;
        private final String norm2;
        private final String mlpIn;
        private final String mlpOut;
        private final String finalNorm;

        Naming(String... names) {
            tokens = names[0];
            positions = names[1];
            blocks = names[2];
            norm1 = names[3];
            attentionOut = names[4];
            norm2 = names[5];
            mlpIn = names[6];
            mlpOut = names[7];
            finalNorm = names[8];
        }
    }

    /**
     * The encoder in {@code file}.
     *
     * @param prefix of its tensors' names, {@code cond_stage_model.transformer.text_model.} in a checkpoint of SD1
     */
    public static OnnxModel build(WeightFile file, String prefix) {
        Graph graph = new Graph("text encoder", file);
        new ClipText(graph, prefix, null).write();
        return graph.build();
    }

    /** The one of a whole CLIP, beside its {@link ClipVision}. */
    public static OnnxModel build(WeightFile file, ClipParts parts) {
        Graph graph = new Graph("CLIP text encoder", file);
        new ClipText(graph, parts.text(), parts.quickGelu()).write();
        return graph.build();
    }

    /** How many hidden layers there are. */
    public static int layers(WeightFile file, String prefix) {
        return new ClipText(new Graph("text encoder", file), prefix, null).blocks();
    }

    private int blocks() {
        return graph.count(prefix + naming.blocks);
    }

    private void write() {
        String ids = graph.input("ids", ElementType.INT64, "n", "tokens");
        String wanted = graph.input("layer", ElementType.INT64, 1);
        String positions = prefix + naming.positions;
        int tokens = graph.dim(positions, 2, 0);
        int width = graph.dim(positions, 2, 1);
        String table = prefix + naming.tokens;
        if (tokens == 0 || graph.dim(table, 2, 0) == 0 || graph.dim(table, 2, 1) != width) {
            throw graph.unusable("its tables of tokens and positions do not fit together");
        }
        String words = learned(graph.op("Gather", List.of(graph.weight(table), ids)), width);
        String x =
                layers.wide(graph.op("Add", List.of(words, first(ids, graph.inline(positions, tokens, width)))), width);

        int count = blocks();
        if (count == 0) {
            throw graph.unusable("it has no tensors " + prefix + naming.blocks);
        }
        List<String> states = new ArrayList<>();
        states.add(graph.op("Unsqueeze", List.of(x, graph.ints(0))));
        for (int i = 0; i < count; i++) {
            x = block(prefix + naming.blocks + i + ".", x, width / HEAD_WIDTH);
            states.add(graph.op("Unsqueeze", List.of(x, graph.ints(0))));
        }
        String all = graph.op("Concat", states, Attribute.of("axis", 0L));
        String chosen = graph.op("Gather", List.of(all, wanted));
        String hidden = layers.wide(graph.op("Squeeze", List.of(chosen, graph.ints(0))), width);
        graph.output("hidden", hidden, "n", "tokens", width);
        graph.output("normed", finalNorm(hidden), "n", "tokens", width);
        if (graph.has(prefix + OPEN_PROJECTION) || graph.has(projection())) {
            String pooled = pooled(ids, x);
            graph.output("pooled", pooled, "n", layers.width(pooled));
        }
    }

    /** As many of the positions as there are tokens: short texts need not be padded to 77. */
    private String first(String ids, String positions) {
        String count = graph.op("Shape", List.of(ids), Attribute.of("start", 1L));
        return graph.op("Slice", List.of(positions, graph.ints(0), count, graph.ints(0)));
    }

    /** transformers keeps the projection, the other way round, beside the encoder. */
    private String projection() {
        String root = prefix.endsWith("text_model.") ? prefix.substring(0, prefix.length() - 11) : prefix;
        return root + "text_projection.weight";
    }

    /** The words' vectors [n, tokens, width] with those of textual inversions among them. */
    private String learned(String words, int width) {
        String places = graph.input("places", ElementType.INT64, "m");
        String vectors = graph.input("vectors", ElementType.FLOAT, "m", width);
        String flat = graph.op("Reshape", List.of(words, graph.ints(-1, width)));
        String index = graph.op("Unsqueeze", List.of(places, graph.ints(1)));
        String set = graph.op("ScatterND", List.of(flat, index, vectors));
        return graph.op("Reshape", List.of(set, layers.shapeOf(words)));
    }

    /** The end token has the highest id, and counts where it comes first. */
    private String pooled(String ids, String last) {
        String small = graph.op("Cast", List.of(ids), Attribute.of("to", INT32));
        String end = graph.op("ArgMax", List.of(small), Attribute.of("axis", 1L), Attribute.of("keepdims", 1L));
        String state = graph.op("GatherND", List.of(finalNorm(last), end), Attribute.of("batch_dims", 1L));
        String whole = layers.like(last, state);
        return graph.has(prefix + OPEN_PROJECTION)
                ? layers.project(prefix + OPEN_PROJECTION, whole)
                : layers.linear(projection(), "", whole);
    }

    private String finalNorm(String x) {
        return layers.layerNorm(prefix + naming.finalNorm, x);
    }

    private String block(String at, String x, int heads) {
        String h = layers.layerNorm(at + naming.norm1, x);
        List<String> qkv = naming == Naming.OPEN_CLIP
                ? layers.split(layers.linear(at + "attn.in_proj_weight", at + "attn.in_proj_bias", h), 3, -1)
                : List.of(
                        layers.linear(at + "self_attn.q_proj", h),
                        layers.linear(at + "self_attn.k_proj", h),
                        layers.linear(at + "self_attn.v_proj", h));
        String attended =
                layers.attention(qkv.get(0), qkv.get(1), qkv.get(2), heads, Attribute.of("unidirectional", 1L));
        String y = layers.add(x, layers.linear(at + naming.attentionOut, attended));
        String inner = layers.linear(at + naming.mlpIn, layers.layerNorm(at + naming.norm2, y));
        String bent = quickGelu ? layers.quickGelu(inner, QUICK_GELU) : layers.gelu(inner);
        return layers.add(y, layers.linear(at + naming.mlpOut, bent));
    }
}
