package gesso.weights;

import gesso.weights.Pickled.Inert;
import gesso.weights.Pickled.Storage;
import gesso.weights.Pickled.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors in what a pickle held, under their names joined by dots, and the notes beside them. */
final class StateDict {
    private static final int MAX_DEPTH = 16;

    /** Pickles can hold one table in many places; what unfolds to more than this is no model. */
    private static final int MAX_VALUES = 1 << 17;

    private static final int LONGEST_NAME = 500;

    private static final int LONGEST_NOTE = 10_000;

    final Map<String, Weight> weights = new LinkedHashMap<>();
    final Map<String, Strided> strided = new LinkedHashMap<>();
    final Map<String, String> notes = new LinkedHashMap<>();
    private final Places places;
    private final StringBuilder name = new StringBuilder();
    private int values;

    /** Finds a storage's bytes in the file. */
    interface Places {
        ZipDirectory.Place of(Storage storage) throws Malformed;
    }

    private StateDict(Places places) {
        this.places = places;
    }

    /** Unfolds a pickle's value; a training program's checkpoint keeps its weights in the table {@code state_dict}. */
    static StateDict of(Object root, Places places) throws Malformed {
        StateDict dict = new StateDict(places);
        if (!(root instanceof Map<?, ?> map)) {
            throw new Malformed("it holds no table of tensors");
        }
        dict.note(map);
        dict.add(map.get("state_dict") instanceof Map<?, ?> inner ? inner : map, 0);
        if (dict.weights.isEmpty()) {
            throw new Malformed("it holds no tensors");
        }
        return dict;
    }

    private void note(Map<?, ?> map) {
        map.forEach((key, value) -> {
            boolean plain = value instanceof Number || value instanceof Boolean;
            if (plain || (value instanceof String text && text.length() <= LONGEST_NOTE)) {
                notes.put(String.valueOf(key), String.valueOf(value));
            }
        });
    }

    private void add(Object value, int depth) throws Malformed {
        if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
            throw new Malformed("its tables hold one another too often");
        }
        if (value instanceof Tensor tensor) {
            add(name.toString(), tensor);
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                member(entry.getKey(), entry.getValue(), depth);
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                member(i, list.get(i), depth);
            }
        } else if (value instanceof Inert inert && inert.state instanceof Map<?, ?> state) {
            // torch's ParameterDict: a module whose parameters stand in a table of its own.
            Object parameters = state.get("_parameters");
            if (parameters instanceof Map<?, ?>) {
                add(parameters, depth + 1);
            }
        }
    }

    private void member(Object key, Object value, int depth) throws Malformed {
        int length = name.length();
        name.append(length == 0 ? "" : ".").append(key);
        if (name.length() > LONGEST_NAME) {
            throw new Malformed("a name in it is impossibly long");
        }
        add(value, depth + 1);
        name.setLength(length);
    }

    private void add(String name, Tensor tensor) throws Malformed {
        DType type = tensor.type();
        Storage storage = tensor.storage();
        ZipDirectory.Place place = places.of(storage);
        long count = storage.type() == null ? storage.count() / type.bytes() : storage.count();
        if (storage.type() != null && storage.type() != type) {
            throw new Malformed("the tensor " + Faults.quoted(name) + " has two types");
        }
        if (count < 0 || count > place.length() / type.bytes()) {
            throw new Malformed("the values of the tensor " + Faults.quoted(name) + " are not all there");
        }
        Strided view = Strided.of(tensor, count, place.offset());
        if (view == null) {
            throw new Malformed("the tensor " + Faults.quoted(name) + " reaches beyond its values");
        }
        long length = view.elements() * type.bytes();
        long offset = view.isContiguous() ? place.offset() + tensor.offset() * type.bytes() : -1;
        if (weights.put(name, new Weight(name, type, tensor.shape(), offset, length)) != null) {
            throw new Malformed("the name " + Faults.quoted(name) + " comes twice");
        }
        if (!view.isContiguous()) {
            strided.put(name, view);
        }
    }
}
