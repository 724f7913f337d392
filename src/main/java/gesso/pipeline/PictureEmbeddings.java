package gesso.pipeline;

import gesso.graph.Parts;
import gesso.prompt.ClipTokenizer;
import gesso.prompt.Embeddings;
import gesso.prompt.Embeddings.Embedding;
import gesso.prompt.PromptEncoder;
import gesso.prompt.PromptPlan;
import gesso.prompt.TokenChunk;
import gesso.request.BadInput;
import gesso.request.Emphasis;
import gesso.request.Profile;
import gesso.weights.EmbeddingFile;
import gesso.weights.WeightFile;
import gesso.weights.lora.NetworkParts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The textual inversions that one request's prompts may name: those whose names stand in the texts, whatever the tokenizer makes
 * of them. One that is made for another text encoder is left out, with a notice naming both; its name is read as words, as in
 * A1111.
 */
final class PictureEmbeddings {
    /** So that no edit of a prompt comes too late. */
    private static final int MOST_STEPS = 150;

    private final NetworkLibrary library;
    private final NetworkHashes hashes;
    private final ClipTokenizer tokenizer;
    private final Profile profile;
    private final Consumer<String> notice;
    private final Map<String, EmbeddingFile> files = new LinkedHashMap<>();
    private final Map<Object, LearnedWords> known = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private EmbeddingNames names = new EmbeddingNames(List.of());

    PictureEmbeddings(
            NetworkLibrary library,
            NetworkHashes hashes,
            ClipTokenizer tokenizer,
            Profile profile,
            Consumer<String> notice) {
        this.library = library;
        this.hashes = hashes;
        this.tokenizer = tokenizer;
        this.profile = profile;
        this.notice = notice;
    }

    /** Finds those that these pictures name. */
    void look(List<PicturePrompts> pictures) {
        names = new EmbeddingNames(
                pictures.stream().flatMap(PictureEmbeddings::texts).toList());
        names.in(library).forEach(this::open);
    }

    private void open(String name, Path path) {
        try {
            EmbeddingFile file = EmbeddingFiles.open(path);
            hashes.begin(file);
            files.put(name, file);
        } catch (BadInput e) {
            notice.accept(e.sentence());
        }
    }

    private static Stream<String> texts(PicturePrompts p) {
        return Stream.of(p.prompt(), p.negative(), p.hires(), p.hiresNegative());
    }

    /**
     * A checkpoint whose text encoders know those of them that fit.
     *
     * @param bundled those that its networks bring along; one from the user's folders that has the same name comes first
     */
    Checkpoint in(Checkpoint model, Map<String, EmbeddingFile> bundled) {
        Map<String, EmbeddingFile> all = new LinkedHashMap<>(files);
        bundled.forEach((name, file) -> {
            if (names.has(name)) {
                all.putIfAbsent(name, file);
            }
        });
        return all.isEmpty()
                ? model
                : model.withWords(
                        known.computeIfAbsent(List.of(model.identity(), all.keySet()), key -> words(model, all)));
    }

    private LearnedWords words(Checkpoint model, Map<String, EmbeddingFile> all) {
        if (model.file().network("text_encoder").isPresent()) {
            tell("%s is a folder of ONNX models, which knows no embeddings: their names are read as words."
                    .formatted(model.name()));
            return LearnedWords.NONE;
        }
        List<Integer> widths = widths(model.file());
        Map<Embedding, EmbeddingFile> fitting = new LinkedHashMap<>();
        all.forEach((name, file) -> {
            if (file.widths().equals(widths)) {
                fitting.put(new Embedding(name, file.vectors()), file);
            } else {
                tell("%s is an embedding for text encoders %s wide, but those of %s are %s: its name is read as words."
                        .formatted(file.path().getFileName(), words(file.widths()), model.name(), words(widths)));
            }
        });
        return new LearnedWords(Embeddings.of(tokenizer, List.copyOf(fitting.keySet())), fitting);
    }

    private void tell(String sentence) {
        if (told.add(sentence)) {
            notice.accept(sentence);
        }
    }

    private static String words(List<Integer> widths) {
        return widths.stream().map(String::valueOf).collect(Collectors.joining(" and "));
    }

    private static List<Integer> widths(WeightFile file) {
        NetworkParts parts = Parts.networks(file);
        return Stream.of(
                        parts.text() + "embeddings.token_embedding.weight",
                        parts.secondText() + "token_embedding.weight")
                .filter(file.weights()::containsKey)
                .map(key ->
                        (int) Objects.requireNonNull(file.weights().get(key)).shape()[1])
                .toList();
    }

    /**
     * What A1111 writes of those that a picture used: {@code name: hash, name: hash}; empty where it used none. Those that networks
     * bring along have no hash of their own.
     */
    String hashes(Checkpoint model, PicturePrompts picture) {
        LearnedWords words = in(model, Map.of()).words();
        if (words.files().isEmpty()) {
            return "";
        }
        PromptEncoder encoder = PromptEncoder.of(profile, tokenizer, words.embeddings(), Emphasis.ORIGINAL);
        return texts(picture)
                .flatMap(text -> PromptPlan.of(text, MOST_STEPS).parts().stream())
                .flatMap(part -> part.schedule().stream())
                .flatMap(stretch -> encoder.tokens(stretch.text()).chunks().stream())
                .flatMap(chunk -> chunk.placements().stream())
                .map(TokenChunk.Placement::embedding)
                .distinct()
                .map(e -> e.name().replaceAll("[:,]", "") + ": "
                        + hashes.of(Objects.requireNonNull(words.files().get(e))))
                .collect(Collectors.joining(", "));
    }
}
