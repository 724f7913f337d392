package gesso.weights;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The names and shapes of a file, in an order that answers questions about beginnings quickly. */
final class Keys {
    private final NavigableMap<String, Weight> byName;

    Keys(Map<String, Weight> weights) {
        byName = new TreeMap<>(weights);
    }

    int size() {
        return byName.size();
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    boolean hasPrefix(String prefix) {
        String first = byName.ceilingKey(prefix);
        return first != null && first.startsWith(prefix);
    }

    boolean any(Predicate<String> test) {
        return byName.keySet().stream().anyMatch(test);
    }

    boolean allShapes(Predicate<long[]> test) {
        return byName.values().stream().map(Weight::shape).allMatch(test);
    }

    /** One dimension of a tensor; 0 where there is none. */
    long dim(String name, int axis) {
        Weight w = byName.get(name);
        return w != null && axis < w.shape().length ? w.shape()[axis] : 0;
    }

    int rank(String name) {
        Weight w = byName.get(name);
        return w == null ? -1 : w.shape().length;
    }

    /** The first name that begins with {@code prefix} and ends with {@code suffix}; "" where none does. */
    String find(String prefix, String suffix) {
        return byName.tailMap(prefix, true).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .filter(name -> name.endsWith(suffix))
                .findFirst()
                .orElse("");
    }

    /** How many of {@code prefix0.}, {@code prefix1.} … there are, up to the first that is missing. */
    int count(String prefix) {
        int n = 0;
        while (hasPrefix(prefix + n + ".")) {
            n++;
        }
        return n;
    }
}
