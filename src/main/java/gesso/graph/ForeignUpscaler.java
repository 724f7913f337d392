package gesso.graph;

import gesso.weights.OnnxFile.Value;
import java.nio.file.Path;

/** An upscaler that is an ONNX file: one picture of three colours goes in, in 0–1, and its first output is the larger one. */
public final class ForeignUpscaler {
    private ForeignUpscaler() {}

    /**
     * Input and output as {@link Upscalers} says; both are 32-bit numbers whatever the file's own are.
     *
     * @throws gesso.request.BadInput where the file is no such network, or broken
     */
    public static OnnxModel build(Path path) {
        OnnxAdapter a = OnnxAdapter.of("upscaler", path);
        Value in = a.foreign().inputs().get(0);
        if (in.dims().length != 4 || (in.dims()[1] > 0 && in.dims()[1] != 3) || in.dims()[0] > 1) {
            throw a.unusable("it takes no picture of three colours, its colours first");
        }
        a.give(in, a.input("image", in, 1, 3, "h", "w"));
        a.graph.output("made", a.taken(a.firstOutput().name()), 1, 3, "H", "W");
        return a.build();
    }
}
