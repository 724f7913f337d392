package gesso;

import gesso.pipeline.NetworkLibrary;
import gesso.prompt.ClipTokenizer;
import gesso.prompt.Embeddings;
import gesso.prompt.Embeddings.Embedding;
import gesso.prompt.NamedNetwork;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the window says about prompts, by the tokenizer and the grammar that encode them. Used on one thread at a time. */
final class PromptTools implements TokenCounter, PromptReader {
    /** So that no edit comes too late to be counted. */
    private static final int MOST_STEPS = 150;

    private final Path merges;
    private final PromptNetworks networks;
    private @Nullable ClipTokenizer tokenizer;

    /**
     * The tokenizer is read when it is first needed.
     *
     * @param folders the networks and embeddings that prompts can name, as they are now
     */
    PromptTools(Path merges, Supplier<NetworkLibrary> folders) {
        this.merges = merges;
        this.networks = new PromptNetworks(folders);
    }

    @Override
    public int count(String prompt) {
        return encoder(prompt, Profile.A1111, Emphasis.ORIGINAL)
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
        PromptEncoder encoder =
                encoder(request.prompt(), request.profile(), request.text().emphasis());
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
        return new PromptReading(parts, named(plan, encoder));
    }

    /** What a prompt of A1111's grammar names beside its words. */
    List<NamedNetwork> networks(String prompt) {
        PromptPlan plan = PromptPlan.of(prompt, MOST_STEPS);
        // Most prompts name none, and the tokenizer takes a moment to read.
        return networks.embeddings(prompt).isEmpty()
                ? plan.networks().stream().map(networks::of).distinct().toList()
                : named(plan, encoder(prompt, Profile.A1111, Emphasis.ORIGINAL));
    }

    private List<NamedNetwork> named(PromptPlan plan, PromptEncoder encoder) {
        Set<NamedNetwork> all = new LinkedHashSet<>();
        plan.networks().forEach(tag -> all.add(networks.of(tag)));
        plan.parts().stream()
                .flatMap(part -> part.schedule().stream())
                .flatMap(stretch -> encoder.tokens(stretch.text()).chunks().stream())
                .flatMap(chunk -> chunk.placements().stream())
                .map(TokenChunk.Placement::embedding)
                .forEach(e -> all.add(new NamedNetwork(NamedNetwork.EMBEDDING, e.name(), 1, 1, e.vectors(), true)));
        return List.copyOf(all);
    }

    private List<Run> runs(TokenChunk chunk) {
        List<Run> runs = new ArrayList<>();
        Map<Integer, Embedding> embeddings = new HashMap<>();
        Set<Integer> edges = new HashSet<>();
        for (TokenChunk.Placement placement : chunk.placements()) {
            embeddings.put(placement.at(), placement.embedding());
            edges.add(placement.at());
            edges.add(placement.at() + placement.embedding().vectors());
        }
        int start = 1;
        for (int i = 1; i < TokenChunk.LENGTH && chunk.ids()[start] != ClipTokenizer.END; i++) {
            boolean ends = chunk.ids()[i + 1] == ClipTokenizer.END || edges.contains(i + 1);
            if (ends || chunk.weights()[i + 1] != chunk.weights()[start]) {
                Embedding embedding = embeddings.get(start);
                String text = embedding == null ? tokenizer().text(chunk.ids(), start, i + 1) : embedding.name() + " ";
                runs.add(new Run(text, chunk.weights()[start]));
                start = i + 1;
            }
        }
        return runs;
    }

    private PromptEncoder encoder(String prompt, Profile profile, Emphasis emphasis) {
        return PromptEncoder.of(
                profile, tokenizer(), Embeddings.of(tokenizer(), networks.embeddings(prompt)), emphasis);
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
