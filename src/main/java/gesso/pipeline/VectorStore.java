package gesso.pipeline;

import java.util.Optional;

/** Keeps what can be computed again, but takes long: the vectors of word lists. */
public interface VectorStore {
    /** Keeps nothing. */
    VectorStore NONE = new VectorStore() {
        @Override
        public Optional<float[]> read(String key, int size) {
            return Optional.empty();
        }

        @Override
        public void write(String key, float[] values) {}
    };

    /** The values kept under a key, if there are exactly so many. */
    Optional<float[]> read(String key, int size);

    /** Keeps values; where that cannot be done they are computed anew another time. */
    void write(String key, float[] values);
}
