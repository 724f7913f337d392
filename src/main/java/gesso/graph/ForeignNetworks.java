package gesso.graph;

import gesso.graph.Onnx.ElementType;
import gesso.weights.OnnxFile.Value;
import gesso.weights.WeightFile;
import java.nio.file.Path;
import java.util.List;

/** UNets and VAEs that are ONNX files already, as optimum, diffusers' ONNX scripts and Amuse write them. */
final class ForeignNetworks {
    private static final int LATENT = 4;
    private static final float MIN_LOGVAR = -30;
    private static final int WAVES = 128; // sines, and as many cosines, for each of the numbers in SDXL's vector
    private static final double MAX_PERIOD = 10_000;

    private ForeignNetworks() {}

    /** See {@link UNet}; inputs are diffusers': sample, timestep, encoder_hidden_states, and SDXL's text_embeds and time_ids. */
    static OnnxModel unet(WeightFile file, Path path, int channels, int width) {
        OnnxAdapter a = new OnnxAdapter("UNet", file, path);
        Value sample = a.needs("sample");
        Value text = a.needs("encoder_hidden_states");
        int in = a.known(sample, 1, channels);
        int context = a.known(text, 2, width);
        a.give(sample, a.input("x", sample, "n", in, "h", "w"));
        a.give(text, a.input("context", text, "n", "tokens", context));
        timestep(a, a.needs("timestep"));
        Value pooled = a.wants("text_embeds");
        Value numbers = a.wants("time_ids");
        if (pooled != null && numbers != null) {
            label(a, pooled, numbers);
        }
        a.graph.output("out", a.taken(a.firstOutput().name()), "n", LATENT, "h", "w");
        return a.build();
    }

    /** A time for each picture, or one for all, whole numbers where it wants such. */
    private static void timestep(OnnxAdapter a, Value wanted) {
        String time = a.graph.input("timesteps", ElementType.FLOAT, "n");
        if (wanted.type() == 6 || wanted.type() == 7) {
            time = a.graph.op("Round", List.of(time));
        }
        boolean one = wanted.dims().length == 0 || wanted.dims()[0] == 1;
        if (one) {
            time = a.graph.op("Slice", List.of(time, a.graph.ints(0), a.graph.ints(1)));
        }
        if (wanted.dims().length == 0) {
            time = a.graph.op("Reshape", List.of(time, a.graph.ints()));
        }
        a.give(wanted, time);
    }

    /**
     * SDXL's vector, which holds the pooled text and the sines of some numbers, taken apart again: it wants the numbers. The
     * slowest wave's angle, below a quarter turn up to 14,000 pixels, gives each back to the last half.
     */
    private static void label(OnnxAdapter a, Value pooled, Value numbers) {
        int width = a.known(pooled, 1, 0);
        int count = a.known(numbers, 1, 0);
        int waves = 2 * WAVES;
        Graph graph = a.graph;
        String y = graph.input("y", ElementType.FLOAT, "n", width + count * waves);
        a.give(pooled, graph.op("Slice", List.of(y, graph.ints(0), graph.ints(width), graph.ints(1))));
        long last = (long) width + WAVES - 1;
        Attribute axis = Attribute.of("axis", 1L);
        String cosine = graph.op("Gather", List.of(y, graph.ints(OnnxAdapter.range(last, count, waves))), axis);
        String sine = graph.op("Gather", List.of(y, graph.ints(OnnxAdapter.range(last + WAVES, count, waves))), axis);
        String angle = graph.op("Atan", List.of(graph.op("Div", List.of(sine, cosine))));
        double frequency = Math.exp(-Math.log(MAX_PERIOD) * (WAVES - 1) / WAVES);
        String twice = graph.op("Mul", List.of(angle, graph.floats("twice", new float[] {(float) (2 / frequency)})));
        String halves = graph.op("Round", List.of(twice));
        a.give(numbers, graph.op("Mul", List.of(halves, graph.floats("half", new float[] {0.5f}))));
    }

    /** See {@link Vae#decoder}. */
    static OnnxModel decoder(WeightFile file, Path path) {
        OnnxAdapter a = new OnnxAdapter("VAE decoder", file, path);
        Value latent = a.only("latent_sample");
        a.give(latent, a.input("latent", latent, "n", LATENT, "h", "w"));
        a.graph.output("image", a.taken(a.firstOutput().name()), "n", 3, "H", "W");
        return a.build();
    }

    /** See {@link Vae#encoder}. Some give the distribution, some one latent of it, which then counts as the only one. */
    static OnnxModel encoder(WeightFile file, Path path) {
        OnnxAdapter a = new OnnxAdapter("VAE encoder", file, path);
        Graph graph = a.graph;
        Value image = a.only("sample");
        a.give(image, a.input("image", image, "n", 3, "H", "W"));
        Value out = a.firstOutput();
        String taken = a.taken(out.name());
        boolean moments =
                out.name().equals("latent_parameters") || (out.dims().length == 4 && out.dims()[1] == 2 * LATENT);
        String mean = taken;
        String logvar;
        if (moments) {
            mean = graph.op("Slice", List.of(taken, graph.ints(0), graph.ints(LATENT), graph.ints(1)));
            String spread =
                    graph.op("Slice", List.of(taken, graph.ints(LATENT), graph.ints(2 * LATENT), graph.ints(1)));
            String high = graph.op("Min", List.of(spread, graph.floats("most", new float[] {20})));
            logvar = graph.op("Max", List.of(high, graph.floats("least", new float[] {MIN_LOGVAR})));
        } else {
            String zeros = graph.op("Sub", List.of(taken, taken));
            logvar = graph.op("Add", List.of(zeros, graph.floats("least", new float[] {MIN_LOGVAR})));
        }
        graph.output("mean", mean, "n", LATENT, "h", "w");
        graph.output("logvar", logvar, "n", LATENT, "h", "w");
        return a.build();
    }
}
