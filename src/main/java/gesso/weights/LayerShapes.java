package gesso.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the tensors of layers. */
final class LayerShapes {
    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    void conv(String at, int out, int in, int kernel) {
        tensor(at + ".weight", out, in, kernel, kernel);
        tensor(at + ".bias", out);
    }

    void linear(String at, int out, int in) {
        tensor(at + ".weight", out, in);
        tensor(at + ".bias", out);
    }

    void norm(String at, int channels) {
        tensor(at + ".weight", channels);
        tensor(at + ".bias", channels);
    }

    void tensor(String name, long... shape) {
        shapes.put(name, shape);
    }

    Map<String, long[]> all() {
        return shapes;
    }
}
