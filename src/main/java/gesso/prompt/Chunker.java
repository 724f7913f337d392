package gesso.prompt;

import gesso.prompt.Embeddings.Match;
import java.util.List;

/**
 * Lays weighted text out in chunks of 75 tokens as A1111 does: a chunk that overflows is cut back to its last comma if that is among the last 20
 * tokens, and BREAK fills it up.
 */
final class Chunker {
    private static final int BACK_OFF = 20;

    private final ClipTokenizer tokenizer;
    private final Embeddings embeddings;
    private final ChunkBuilder chunk = new ChunkBuilder();
    private int lastComma = -1;

    private Chunker(ClipTokenizer tokenizer, Embeddings embeddings) {
        this.tokenizer = tokenizer;
        this.embeddings = embeddings;
    }

    static TokenizedText layOut(List<Fragment> fragments, ClipTokenizer tokenizer, Embeddings embeddings) {
        Chunker chunker = new Chunker(tokenizer, embeddings);
        fragments.forEach(chunker::add);
        return chunker.finish();
    }

    private void add(Fragment fragment) {
        if (fragment.isBreak()) {
            close();
            return;
        }
        float weight = (float) fragment.weight();
        int[] text = tokenizer.encode(fragment.text());
        for (int position = 0; position < text.length; ) {
            makeRoom(text[position]);
            Match match = embeddings.at(text, position);
            if (match == null) {
                chunk.add(text[position], weight);
                position++;
                continue;
            }
            if (match.embedding().vectors() > chunk.room()) {
                close();
            }
            chunk.add(match.embedding(), weight);
            position += match.length();
        }
    }

    private void makeRoom(int token) {
        if (token == ClipTokenizer.COMMA) {
            lastComma = chunk.size();
        } else if (chunk.isFull() && lastComma != -1 && chunk.size() - lastComma <= BACK_OFF) {
            // An embedding's placement stays behind, though its tokens move: so it does in A1111.
            chunk.cut(lastComma + 1);
            lastComma = -1;
        }
        if (chunk.isFull()) {
            close();
        }
    }

    private void close() {
        chunk.close();
        lastComma = -1;
    }

    private TokenizedText finish() {
        int last = chunk.size();
        int count = chunk.chunks().size() * TokenChunk.TOKENS + last;
        if (last > 0 || chunk.chunks().isEmpty()) {
            chunk.close();
        }
        return new TokenizedText(chunk.chunks(), count);
    }
}
