package gesso.prompt;

import gesso.request.Emphasis;
import gesso.request.Profile;
import java.util.List;

/** How a text becomes chunks: its brackets read, its words laid out. */
@FunctionalInterface
interface TextLayout {
    TokenizedText layOut(String text);

    static TextLayout of(Profile profile, ClipTokenizer tokenizer, Embeddings embeddings, Emphasis emphasis) {
        return switch (profile) {
            case A1111 -> text -> Chunker.layOut(fragments(text, emphasis), tokenizer, embeddings);
            case COMFYUI ->
                text -> ComfyChunker.layOut(comfyFragments(text, emphasis), tokenizer.withoutFtfy(), embeddings);
            case DIFFUSERS -> text -> oneChunk(tokenizer.withoutFtfy().encode(text), embeddings);
        };
    }

    private static List<Fragment> fragments(String text, Emphasis emphasis) {
        return emphasis == Emphasis.NONE ? List.of(new Fragment(text, 1)) : Fragments.parse(text);
    }

    private static List<Fragment> comfyFragments(String text, Emphasis emphasis) {
        return emphasis == Emphasis.NONE ? List.of(new Fragment(text, 1)) : ComfyFragments.parse(text);
    }

    /** What a diffusers pipeline encodes: the first 75 tokens, without weights. */
    private static TokenizedText oneChunk(int[] tokens, Embeddings embeddings) {
        ChunkBuilder chunk = new ChunkBuilder();
        int count = 0;
        for (int i = 0; i < tokens.length; ) {
            Embeddings.Match match = embeddings.at(tokens, i);
            if (!chunk.isFull() && match != null) {
                chunk.add(match.embedding(), 1);
            } else if (!chunk.isFull()) {
                chunk.add(tokens[i], 1);
            }
            count += match == null ? 1 : match.embedding().vectors();
            i += match == null ? 1 : match.length();
        }
        chunk.close();
        return new TokenizedText(chunk.chunks(), count);
    }
}
