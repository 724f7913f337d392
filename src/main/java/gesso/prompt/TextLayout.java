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
            case DIFFUSERS -> text -> oneChunk(tokenizer.withoutFtfy().encode(text));
        };
    }

    private static List<Fragment> fragments(String text, Emphasis emphasis) {
        return emphasis == Emphasis.NONE ? List.of(new Fragment(text, 1)) : Fragments.parse(text);
    }

    private static List<Fragment> comfyFragments(String text, Emphasis emphasis) {
        return emphasis == Emphasis.NONE ? List.of(new Fragment(text, 1)) : ComfyFragments.parse(text);
    }

    /** What a diffusers pipeline encodes: the first 75 tokens, without weights. */
    private static TokenizedText oneChunk(int[] tokens) {
        ChunkBuilder chunk = new ChunkBuilder();
        for (int i = 0; i < Math.min(tokens.length, TokenChunk.TOKENS); i++) {
            chunk.add(tokens[i], 1);
        }
        chunk.close();
        return new TokenizedText(chunk.chunks(), tokens.length);
    }
}
