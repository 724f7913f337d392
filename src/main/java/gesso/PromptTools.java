package gesso;

import gesso.prompt.ClipTokenizer;
import gesso.prompt.Embeddings;
import gesso.prompt.NetworkTag;
import gesso.prompt.PromptEncoder;
import gesso.prompt.PromptPlan;
import gesso.prompt.TokenChunk;
import gesso.request.Emphasis;
import gesso.request.GenerationRequest;
import gesso.request.Profile;
import gesso.sampling.SamplerTraits;
import gesso.ui.common.PromptReader;
import gesso.ui.common.TokenCounter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the window says about prompts, by the tokenizer and the grammar that encode them. Used on one thread at a time. */
final class PromptTools implements TokenCounter, PromptReader {
    /** So that no edit comes too late to be counted. */
    private static final int MOST_STEPS = 150;

    private final Path merges;
    private @Nullable ClipTokenizer tokenizer;

    /** The tokenizer is read when it is first needed. */
    PromptTools(Path merges) {
        this.merges = merges;
    }

    @Override
    public int count(String prompt) {
        return encoder(Profile.A1111, Emphasis.ORIGINAL)
                .longest(PromptPlan.of(prompt, MOST_STEPS))
                .tokens();
    }

    @Override
    public PromptReading read(GenerationRequest request) {
        int steps = request.sampling().steps();
        int runs = SamplerTraits.scheduledRuns(request.sampling().sampler(), steps);
        PromptPlan plan = request.profile() == Profile.A1111
                ? PromptPlan.of(request.prompt(), runs)
                : PromptPlan.literal(request.prompt(), runs);
        PromptEncoder encoder = encoder(request.profile(), request.text().emphasis());
        List<Part> parts = new ArrayList<>();
        for (PromptPlan.Part part : plan.parts()) {
            List<Stretch> stretches = new ArrayList<>();
            int from = 1;
            for (PromptPlan.Stretch stretch : part.schedule()) {
                // Some samplers run the network twice a step; here steps are counted.
                int until = (stretch.until() * steps + runs - 1) / runs;
                stretches.add(new Stretch(
                        from,
                        until,
                        encoder.tokens(stretch.text()).chunks().stream()
                                .map(this::runs)
                                .toList()));
                from = until + 1;
            }
            parts.add(new Part(part.weight(), stretches));
        }
        return new PromptReading(
                parts, plan.networks().stream().map(PromptTools::name).toList());
    }

    private List<Run> runs(TokenChunk chunk) {
        List<Run> runs = new ArrayList<>();
        int start = 1;
        for (int i = 1; i < TokenChunk.LENGTH && chunk.ids()[start] != ClipTokenizer.END; i++) {
            boolean ends = chunk.ids()[i + 1] == ClipTokenizer.END;
            if (ends || chunk.weights()[i + 1] != chunk.weights()[start]) {
                runs.add(new Run(tokenizer().text(chunk.ids(), start, i + 1), chunk.weights()[start]));
                start = i + 1;
            }
        }
        return runs;
    }

    private static String name(NetworkTag tag) {
        return tag.kind() + " " + tag.name();
    }

    private PromptEncoder encoder(Profile profile, Emphasis emphasis) {
        return PromptEncoder.of(profile, tokenizer(), Embeddings.NONE, emphasis);
    }

    private ClipTokenizer tokenizer() {
        ClipTokenizer read = tokenizer;
        if (read == null) {
            read = ClipTokenizer.load(merges);
            tokenizer = read;
        }
        return read;
    }
}
