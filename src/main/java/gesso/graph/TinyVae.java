package gesso.graph;

import gesso.graph.Onnx.ElementType;
import gesso.weights.WeightFile;
import java.util.List;
import java.util.Optional;

/**
 * TAESD (Bohan 2023, madebyollin/taesd), a small autoencoder that approximates a large one: a chain of convolutions, known by
 * their numbers. It takes and gives latents as the UNet has them, scaled.
 */
public final class TinyVae {
    private static final float BOUND = 3;
    private static final int LONGEST = 64;
    private static final float MIN_LOGVAR = -30;

    /** Where the chains begin: the program's own names, those of files that hold both, diffusers'. */
    private static final List<String> DECODERS = List.of("taesd_decoder.", "decoder.layers.", "decoder.", "");

    private static final List<String> ENCODERS = List.of("taesd_encoder.", "encoder.layers.", "encoder.", "");

    private final Graph graph;
    private final Layers layers;
    private final String prefix;

    private TinyVae(Graph graph, String prefix) {
        this.graph = graph;
        this.layers = new Layers(graph);
        this.prefix = prefix;
    }

    /** Whether the file holds one that decodes. */
    public static boolean is(WeightFile file) {
        return decoderPrefix(file).isPresent();
    }

    private static Optional<String> decoderPrefix(WeightFile file) {
        return DECODERS.stream()
                .filter(p -> file.weights().containsKey(p + "3.conv.0.weight")
                        && file.weights().containsKey(p + (p.contains("layers") ? "0.weight" : "1.weight")))
                .findFirst();
    }

    /** As {@link Vae#decoder}, of a latent that is scaled. */
    static OnnxModel decoder(WeightFile file) {
        Graph graph = new Graph("VAE decoder", file);
        new TinyVae(graph, decoderPrefix(file).orElse("")).writeDecoder();
        return graph.build();
    }

    /** As {@link Vae#encoder}; the latent is scaled, and the only one. @throws gesso.request.BadInput where it has no encoder */
    static OnnxModel encoder(WeightFile file) {
        Graph graph = new Graph("VAE encoder", file);
        String prefix = ENCODERS.stream()
                .filter(p -> graph.has(p + "0.weight") && graph.has(p + "1.conv.0.weight"))
                .findFirst()
                .orElseThrow(() -> graph.unusable(
                        "it is a small VAE (TAESD) without its encoder; put the file of the encoder beside it"));
        new TinyVae(graph, prefix).writeEncoder();
        return graph.build();
    }

    private void writeDecoder() {
        int first = 0;
        while (first < LONGEST && !graph.has(prefix + first + ".weight")) {
            first++;
        }
        int in = graph.dim(prefix + first + ".weight", 4, 1);
        String latent = layers.wide(graph.input("latent", ElementType.FLOAT, "n", in, "h", "w"), in);
        String third = graph.op("Tanh", List.of(graph.op("Div", List.of(latent, scalar("bound", BOUND)))));
        String x = layers.like(latent, graph.op("Mul", List.of(third, scalar("bound", BOUND))));
        int last = last();
        for (int i = first; i <= last; i++) {
            if (graph.hasUnder(prefix + i + ".conv.")) {
                x = block(prefix + i + ".", x);
            } else if (graph.has(prefix + i + ".weight")) {
                x = layers.conv(prefix + i, x);
            } else {
                // Two layers have no weights: the one behind the first convolution bends, the others double the size.
                x = i == first + 1 ? relu(x) : layers.upsample(x);
            }
        }
        String doubled = graph.op("Mul", List.of(x, scalar("two", 2)));
        String image = graph.op("Sub", List.of(doubled, scalar("one", 1)));
        graph.output("image", image, "n", layers.width(x), "H", "W");
    }

    private void writeEncoder() {
        int in = graph.dim(prefix + "0.weight", 4, 1);
        String image = layers.wide(graph.input("image", ElementType.FLOAT, "n", in, "H", "W"), in);
        String shifted = graph.op("Add", List.of(image, scalar("one", 1)));
        String x = layers.like(image, graph.op("Div", List.of(shifted, scalar("two", 2))));
        int last = last();
        for (int i = 0; i <= last; i++) {
            if (graph.hasUnder(prefix + i + ".conv.")) {
                x = block(prefix + i + ".", x);
            } else {
                boolean halves = i > 0 && i < last;
                x = halves ? layers.conv(prefix + i, x, 2, 1, 1) : layers.conv(prefix + i, x);
            }
        }
        graph.output("mean", x, "n", layers.width(x), "h", "w");
        String zeros = graph.op("Sub", List.of(x, x));
        graph.output(
                "logvar", graph.op("Add", List.of(zeros, scalar("least", MIN_LOGVAR))), "n", layers.width(x), "h", "w");
    }

    private int last() {
        int last = LONGEST;
        while (last > 0 && !graph.hasUnder(prefix + last + ".")) {
            last--;
        }
        return last;
    }

    private String block(String at, String x) {
        String h = relu(layers.conv(at + "conv.0", x));
        h = layers.conv(at + "conv.4", relu(layers.conv(at + "conv.2", h)));
        String skip = graph.has(at + "skip.weight") ? layers.conv(at + "skip", x) : x;
        return relu(layers.add(h, skip));
    }

    private String relu(String x) {
        return layers.like(x, graph.op("Relu", List.of(x)));
    }

    private String scalar(String constant, float value) {
        return graph.floats(constant, new float[] {value});
    }
}
