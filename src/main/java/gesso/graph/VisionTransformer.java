package gesso.graph;

import gesso.graph.Onnx.ElementType;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A vision transformer (Dosovitskiy et al. 2020), as CLIP and BLIP have it: the picture's patches as tokens behind one for the
 * whole, pre-norm blocks, a last norm.
 */
final class VisionTransformer {
    private static final int HEAD_WIDTH = 64;
    /** The larger CLIP models have 16 heads, of 80 to 104. */
    private static final int LARGE = 1280;

    private static final int LARGE_HEADS = 16;

    private final Graph graph;
    private final Layers layers;
    private final String prefix;
    private final Names names;
    private final float epsilon;
    private final UnaryOperator<String> activation;

    /**
     * Names of tensors and layers after the prefix, or after a block's.
     *
     * @param preNorm of a norm before the first block; empty where there is none
     * @param qkv of one layer for query, key and value ({@code x.weight}, or {@code x_weight} where the underscore is part of it);
     *     empty where they are three, {@code self_attn.q_proj} …
     */
    record Names(
            String whole,
            String positions,
            String patch,
            String preNorm,
            String blocks,
            String norm1,
            String qkv,
            String attentionOut,
            String norm2,
            String mlpIn,
            String mlpOut,
            String postNorm) {}

    /** CLIP as transformers names it. */
    static final Names CLIP = new Names(
            "embeddings.class_embedding",
            "embeddings.position_embedding.weight",
            "embeddings.patch_embedding",
            "pre_layrnorm",
            "encoder.layers.",
            "layer_norm1",
            "",
            "self_attn.out_proj",
            "layer_norm2",
            "mlp.fc1",
            "mlp.fc2",
            "post_layernorm");

    /** CLIP as its makers and OpenCLIP name it. */
    static final Names OPEN_CLIP = new Names(
            "class_embedding",
            "positional_embedding",
            "conv1",
            "ln_pre",
            "transformer.resblocks.",
            "ln_1",
            "attn.in_proj_",
            "attn.out_proj",
            "ln_2",
            "mlp.c_fc",
            "mlp.c_proj",
            "ln_post");

    /** BLIP as transformers names it. */
    static final Names BLIP = new Names(
            "embeddings.class_embedding",
            "embeddings.position_embedding",
            "embeddings.patch_embedding",
            "",
            "encoder.layers.",
            "layer_norm1",
            "self_attn.qkv.",
            "self_attn.projection",
            "layer_norm2",
            "mlp.fc1",
            "mlp.fc2",
            "post_layernorm");

    /** BLIP as its makers name it. */
    static final Names BLIP_ORIGINAL = new Names(
            "cls_token",
            "pos_embed",
            "patch_embed.proj",
            "",
            "blocks.",
            "norm1",
            "attn.qkv.",
            "attn.proj",
            "norm2",
            "mlp.fc1",
            "mlp.fc2",
            "norm");

    /**
     * A transformer over the graph's file.
     *
     * @param epsilon of its norms
     * @param activation of its inner layers: takes and gives a value's name
     */
    VisionTransformer(
            Graph graph, Layers layers, String prefix, Names names, float epsilon, UnaryOperator<String> activation) {
        this.graph = graph;
        this.layers = layers;
        this.prefix = prefix;
        this.names = names;
        this.epsilon = epsilon;
        this.activation = activation;
    }

    /** Adds the input {@code pixels} [1, 3, s, s] and the blocks; gives the tokens [1, 1 + patches, width] before the last norm. */
    String write() {
        String patch = prefix + names.patch + ".weight";
        int width = graph.dim(patch, 4, 0);
        int side = graph.dim(patch, 4, 2);
        int tokens = tokens(width);
        int across = (int) Math.sqrt(tokens - 1);
        if (across * across != tokens - 1 || across == 0) {
            throw graph.unusable("its vision transformer has " + tokens + " tokens, which are no square and one more");
        }
        long size = (long) side * across;
        String pixels = layers.wide(graph.input("pixels", ElementType.FLOAT, 1, 3, size, size), 3);
        String patches = layers.toTokens(layers.patches(prefix + names.patch, pixels));
        String whole = graph.inline(prefix + names.whole, 1, 1, width);
        String all = graph.op("Concat", List.of(whole, patches), Attribute.of("axis", 1L));
        String x = layers.wide(
                graph.op("Add", List.of(all, graph.inline(prefix + names.positions, 1, tokens, width))), width);
        if (!names.preNorm.isEmpty()) {
            x = norm(prefix + names.preNorm, x);
        }
        int count = graph.count(prefix + names.blocks);
        if (count == 0) {
            throw graph.unusable("it has no tensors " + prefix + names.blocks);
        }
        for (int i = 0; i < count; i++) {
            x = block(prefix + names.blocks + i + ".", x, width < LARGE ? width / HEAD_WIDTH : LARGE_HEADS);
        }
        return x;
    }

    /** The last norm. */
    String postNorm(String x) {
        return norm(prefix + names.postNorm, x);
    }

    private int tokens(int width) {
        long values = 1;
        for (long d : graph.shape(prefix + names.positions)) {
            values *= d;
        }
        return width == 0 ? 0 : (int) (values / width);
    }

    private String norm(String at, String x) {
        return layers.layerNorm(at, x, epsilon);
    }

    private String block(String at, String x, int heads) {
        String h = norm(at + names.norm1, x);
        List<String> qkv = names.qkv.isEmpty()
                ? List.of(
                        layers.linear(at + "self_attn.q_proj", h),
                        layers.linear(at + "self_attn.k_proj", h),
                        layers.linear(at + "self_attn.v_proj", h))
                : layers.split(layers.linear(at + names.qkv + "weight", at + names.qkv + "bias", h), 3, -1);
        String attended = layers.attention(qkv.get(0), qkv.get(1), qkv.get(2), heads);
        String y = layers.add(x, layers.linear(at + names.attentionOut, attended));
        String inner = activation.apply(layers.linear(at + names.mlpIn, norm(at + names.norm2, y)));
        return layers.add(y, layers.linear(at + names.mlpOut, inner));
    }
}
