package gesso.weights;

import org.jspecify.annotations.Nullable;

/**
 * What comes out of a pickle besides texts (String), numbers (Long, BigInteger, Double, Boolean), lists and tuples (List) and
 * tables (Map).
 */
sealed interface Pickled {
    /** Python's None. */
    enum Nothing implements Pickled {
        NONE
    }

    /** The name of a class or function; one that {@link PickleGlobals} knows, and never more than a name. */
    record Global(String module, String name) implements Pickled {
        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /**
     * A run of values that lies elsewhere in the file.
     *
     * @param type of its values; null where every tensor says it for itself, and {@code count} is in bytes
     */
    record Storage(@Nullable DType type, String key, long count) implements Pickled {}

    /** A view of a storage: element (i, j …) stands at {@code offset + i·strides[0] + j·strides[1] …}. */
    record Tensor(Storage storage, DType type, long offset, long[] shape, long[] strides) implements Pickled {}

    /** An object that is nothing to us, with the state that it was given. */
    final class Inert implements Pickled {
        Object state = Nothing.NONE;
    }
}
