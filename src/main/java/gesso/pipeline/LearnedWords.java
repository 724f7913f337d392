package gesso.pipeline;

import gesso.prompt.Embeddings;
import gesso.prompt.Embeddings.Embedding;
import gesso.prompt.TokenChunk;
import gesso.prompt.TokenChunk.Placement;
import gesso.runtime.TextEncoder;
import gesso.weights.EmbeddingFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The textual inversions that a model's text encoders are to know.
 *
 * @param embeddings for the tokenizer, which finds their names in texts
 * @param files their vectors
 */
record LearnedWords(Embeddings embeddings, Map<Embedding, EmbeddingFile> files) {
    static final LearnedWords NONE = new LearnedWords(Embeddings.NONE, Map.of());

    LearnedWords {
        files = Map.copyOf(files);
    }

    /** Equal where the words and their vectors are. */
    Object identity() {
        return files.entrySet().stream()
                .map(e -> List.of(e.getKey(), e.getValue().identity()))
                .collect(Collectors.toSet());
    }

    /**
     * Chunks as an encoder takes them.
     *
     * @param pad what fills up after the end, see {@link TokenChunk#ids(int)}
     * @param encoder which of the model's, from 0
     */
    TextEncoder.Tokens tokens(List<TokenChunk> chunks, int pad, int encoder) {
        List<Long> places = new ArrayList<>();
        List<float[]> rows = new ArrayList<>();
        for (int c = 0; c < chunks.size(); c++) {
            for (Placement placement : chunks.get(c).placements()) {
                float[][] vectors =
                        Objects.requireNonNull(files.get(placement.embedding())).read(encoder);
                for (int i = 0; i < vectors.length && placement.at() + i < TokenChunk.LENGTH; i++) {
                    places.add((long) c * TokenChunk.LENGTH + placement.at() + i);
                    rows.add(vectors[i]);
                }
            }
        }
        int width = rows.isEmpty() ? 0 : rows.get(0).length;
        float[] all = new float[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, all, i * width, width);
        }
        return new TextEncoder.Tokens(
                chunks.stream().map(c -> c.ids(pad)).toArray(long[][]::new),
                places.stream().mapToLong(Long::longValue).toArray(),
                all);
    }
}
