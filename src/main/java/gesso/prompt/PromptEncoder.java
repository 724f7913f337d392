package gesso.prompt;

import gesso.request.Emphasis;
import gesso.request.Profile;
import gesso.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns the texts of a {@link PromptPlan} into vectors: chunks of tokens, the network, then the weights. */
public final class PromptEncoder {
    private final TextLayout layout;
    private final Emphasis emphasis;

    private PromptEncoder(TextLayout layout, Emphasis emphasis) {
        this.layout = layout;
        this.emphasis = emphasis;
    }

    /** An encoder that reads brackets, parts long texts and weighs words as that program does; ComfyUI's own emphasis is its "Original". */
    public static PromptEncoder of(Profile profile, ClipTokenizer tokenizer, Embeddings embeddings, Emphasis emphasis) {
        boolean comfy = profile == Profile.COMFYUI && emphasis == Emphasis.ORIGINAL;
        return new PromptEncoder(
                TextLayout.of(profile, tokenizer, embeddings, emphasis), comfy ? Emphasis.COMFY : emphasis);
    }

    /** The text's chunks. */
    public TokenizedText tokens(String text) {
        return layout.layOut(text);
    }

    /** The chunks of the plan's longest text: what A1111 counts. */
    public TokenizedText longest(PromptPlan plan) {
        return plan.parts().stream()
                .flatMap(part -> part.schedule().stream())
                .map(PromptPlan.Stretch::text)
                .distinct()
                .map(this::tokens)
                .max(Comparator.comparingInt(TokenizedText::tokens))
                .orElseThrow();
    }

    /** Encodes every text of the plan. All parts' encodings are equally long: the shorter ones repeat their last vector, as in A1111. */
    public PromptConditioning encode(PromptPlan plan, TextEncoder network) {
        List<PromptConditioning.Part> parts =
                plan.parts().stream().map(part -> encode(part, network)).toList();
        int longest =
                parts.stream().mapToInt(PromptConditioning.Part::tokens).max().orElseThrow();
        return new PromptConditioning(
                parts.stream().map(part -> part.repeatLast(longest)).toList());
    }

    private PromptConditioning.Part encode(PromptPlan.Part part, TextEncoder network) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        part.schedule().forEach(stretch -> counts.merge(stretch.text(), 1, Integer::sum));
        List<String> texts = List.copyOf(counts.keySet());
        List<TokenizedText> tokens = texts.stream().map(this::tokens).toList();
        int[] repeats = counts.values().stream().mapToInt(Integer::intValue).toArray();
        int chunks = tokens.stream().mapToInt(t -> t.chunks().size()).max().orElseThrow();
        List<TextEncoding> columns = new ArrayList<>();
        for (int i = 0; i < chunks; i++) {
            int index = i;
            List<TokenChunk> column = tokens.stream().map(t -> chunk(t, index)).toList();
            columns.add(weigh(column, repeats, network));
        }
        Map<String, TextEncoding> encodings = new LinkedHashMap<>();
        for (int row = 0; row < texts.size(); row++) {
            encodings.put(texts.get(row), join(columns, row));
        }
        return new PromptConditioning.Part(
                part.weight(),
                part.schedule().stream()
                        .map(s -> new PromptConditioning.Stretch(
                                s.until(), Objects.requireNonNull(encodings.get(s.text()))))
                        .toList());
    }

    /** Texts of one schedule are equally long: the shorter ones end in empty chunks. */
    private static TokenChunk chunk(TokenizedText tokens, int index) {
        return index < tokens.chunks().size() ? tokens.chunks().get(index) : TokenChunk.EMPTY;
    }

    private TextEncoding weigh(List<TokenChunk> chunks, int[] repeats, TextEncoder network) {
        boolean needsEmpty = emphasis == Emphasis.COMFY && chunks.stream().anyMatch(TokenChunk::isWeighted);
        @Nullable
        FloatTensor empty = needsEmpty
                ? network.encode(Collections.singletonList(TokenChunk.EMPTY)).hidden()
                : null;
        TextEncoding raw = network.encode(chunks);
        return new TextEncoding(EmphasisMath.apply(emphasis, raw.hidden(), chunks, repeats, empty), raw.pooled());
    }

    /** One text's chunks, one after another; the pooled vector is the first one's. */
    private static TextEncoding join(List<TextEncoding> columns, int row) {
        int width = columns.get(0).hidden().dim(2);
        int chunk = TokenChunk.LENGTH * width;
        float[] all = new float[columns.size() * chunk];
        for (int i = 0; i < columns.size(); i++) {
            System.arraycopy(columns.get(i).hidden().data(), row * chunk, all, i * chunk, chunk);
        }
        FloatTensor hidden = FloatTensor.of(all, 1, columns.size() * TokenChunk.LENGTH, width);
        FloatTensor pooled = columns.get(0).pooled();
        return new TextEncoding(hidden, pooled == null ? null : row(pooled, row));
    }

    private static FloatTensor row(FloatTensor pooled, int row) {
        int width = pooled.dim(1);
        float[] one = new float[width];
        System.arraycopy(pooled.data(), row * width, one, 0, width);
        return FloatTensor.of(one, 1, width);
    }
}
