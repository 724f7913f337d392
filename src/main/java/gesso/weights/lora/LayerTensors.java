package gesso.weights.lora;

import gesso.request.BadInput;
import gesso.weights.AdapterNotes;
import gesso.weights.Weight;
import gesso.weights.WeightFile;
import java.nio.FloatBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tensors that a network's file holds for one layer.
 *
 * @param notes what stands beside the tensors
 * @param byPart under the name of their part, such as {@code down}, {@code hada_w1_a}, {@code alpha}
 */
record LayerTensors(WeightFile file, AdapterNotes notes, String layer, Map<String, Weight> byPart) {
    boolean has(String part) {
        return byPart.containsKey(part);
    }

    long[] shape(String part) {
        return get(part).shape();
    }

    /** One dimension; 1 where there are not so many. */
    int dim(String part, int axis) {
        long[] shape = shape(part);
        return axis < shape.length ? (int) Math.min(shape[axis], Integer.MAX_VALUE) : 1;
    }

    long elements(String part) {
        return get(part).elements();
    }

    float[] read(String part) {
        Weight weight = get(part);
        if (weight.elements() > Integer.MAX_VALUE / 4) {
            throw broken("its tensor " + weight.name() + " is far too large");
        }
        float[] values = new float[(int) weight.elements()];
        file.read(weight, FloatBuffer.wrap(values));
        return values;
    }

    /** The one number of a part; {@code otherwise} where it is missing. */
    float number(String part, float otherwise) {
        Weight weight = byPart.get(part);
        return weight == null || weight.elements() != 1 ? otherwise : read(part)[0];
    }

    private Weight get(String part) {
        Weight weight = byPart.get(part);
        if (weight == null) {
            throw broken("the part \"" + part + "\" of its layer " + layer + " is missing");
        }
        return weight;
    }

    BadInput broken(String because) {
        return new BadInput("%s cannot be used: %s. Download it again, or leave it out."
                .formatted(file.path().getFileName(), because));
    }

    /** What makes alpha/rank of a layer: 1 where alpha is missing, and nothing is noted either. */
    float scale(int rank) {
        return number("scale", has("alpha") ? number("alpha", rank) / rank : notes.scale(layer, rank));
    }

    static @Nullable String first(Map<String, Weight> parts, String... names) {
        for (String name : names) {
            if (parts.containsKey(name)) {
                return name;
            }
        }
        return null;
    }
}
