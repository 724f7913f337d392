package gesso.pipeline;

import gesso.prompt.ClipTokenizer;
import gesso.prompt.Embeddings;
import gesso.prompt.PromptConditioning;
import gesso.prompt.PromptEncoder;
import gesso.prompt.PromptPlan;
import gesso.prompt.TextEncoding;
import gesso.prompt.TokenChunk;
import gesso.request.CancelToken;
import gesso.request.Profile;
import gesso.request.TextSettings;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.runtime.TextEncoder;
import gesso.sampling.Conditioning;
import gesso.sampling.ConditioningSchedule;
import gesso.sampling.Guidance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns prompts into what guides the sampling, and remembers the last ones: pictures of a batch or a plot share them. */
final class TextConditioner {
    private static final int REMEMBERED = 64;

    private final Models models;
    private final ClipTokenizer tokenizer;
    private final Map<Key, Guidance> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Guidance> eldest) {
            return size() > REMEMBERED;
        }
    };

    TextConditioner(Models models, ClipTokenizer tokenizer) {
        this.models = models;
        this.tokenizer = tokenizer;
    }

    /** Encodes a prompt and its negative, unless they are still known. */
    Guidance guidance(
            Checkpoint checkpoint,
            PromptPlan positive,
            PromptPlan negative,
            Profile profile,
            TextSettings settings,
            CancelToken token) {
        Key key = new Key(checkpoint.identity(), positive, negative, profile, settings);
        Guidance guidance = known.get(key);
        if (guidance == null) {
            guidance = encode(checkpoint, key, token);
            known.put(key, guidance);
        }
        return guidance;
    }

    private Guidance encode(Checkpoint checkpoint, Key key, CancelToken token) {
        try (Lease<TextEncoder> lease = models.textEncoder(checkpoint.file())) {
            PromptEncoder encoder = PromptEncoder.of(
                    key.profile(), tokenizer, Embeddings.NONE, key.settings().emphasis());
            gesso.prompt.TextEncoder network = chunks ->
                    run(lease.get(), chunks, Math.max(1, key.settings().clipSkip()), token);
            PromptConditioning with = encoder.encode(key.positive(), network);
            PromptConditioning without = encoder.encode(key.negative(), network);
            return new Guidance(
                    with.parts().stream()
                            .map(part -> new Guidance.Part(schedule(part), part.weight()))
                            .toList(),
                    schedule(without.parts().get(0)));
        }
    }

    private static TextEncoding run(TextEncoder network, List<TokenChunk> chunks, int clipSkip, CancelToken token) {
        long[][] ids = chunks.stream().map(c -> c.ids(ClipTokenizer.END)).toArray(long[][]::new);
        return TextEncoding.of(network.encode(ids, clipSkip, token));
    }

    private static ConditioningSchedule schedule(PromptConditioning.Part part) {
        return new ConditioningSchedule(part.schedule().stream()
                .map(s -> new ConditioningSchedule.Entry(
                        s.until(), new Conditioning(s.encoding().hidden(), null)))
                .toList());
    }

    private record Key(
            Object model, PromptPlan positive, PromptPlan negative, Profile profile, TextSettings settings) {}
}
