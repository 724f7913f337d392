package gesso.pipeline;

import gesso.prompt.ClipTokenizer;
import gesso.request.GenerationRequest;
import gesso.request.Profile;
import gesso.weights.EmbeddingFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What one request's prompts ask for beside the checkpoint: networks over it, and the words that its text encoders are to know. */
final class ExtraNetworks {
    /** The entries of a picture's parameters that they make, in A1111's words. */
    static final List<String> KEYS = List.of("Lora hashes", "TI hashes");

    private final Checkpoint checkpoint;
    private final PictureNetworks networks;
    private final PictureEmbeddings words;

    /** @param notice is told what is left out, and why */
    ExtraNetworks(
            Checkpoint checkpoint,
            NetworkLibrary library,
            NetworkHashes hashes,
            ClipTokenizer tokenizer,
            Profile profile,
            Consumer<String> notice) {
        this.checkpoint = checkpoint;
        networks = new PictureNetworks(checkpoint, library, hashes, notice);
        words = new PictureEmbeddings(library, hashes, tokenizer, profile, notice);
    }

    /**
     * Finds and checks all that these pictures name, before the first of them is begun.
     *
     * @throws gesso.request.BadInput where a network does not fit the checkpoint
     */
    void check(List<PicturePrompts> pictures) {
        words.look(pictures);
        for (PicturePrompts picture : pictures) {
            in(checkpoint, picture.prompt());
            in(checkpoint, picture.hires());
        }
    }

    /** A checkpoint as a prompt wants it: the request's, or its refiner, which is used without the networks that do not fit it. */
    Checkpoint in(Checkpoint model, String prompt) {
        PictureNetworks.Applied applied = networks.applied(model, prompt);
        Map<String, EmbeddingFile> bundled = new LinkedHashMap<>();
        applied.files().values().forEach(file -> file.embeddings().forEach(bundled::putIfAbsent));
        return words.in(applied.checkpoint(), bundled);
    }

    /** A request without the hashes that another picture's parameters brought along: this one's are written anew. */
    static GenerationRequest unsaid(GenerationRequest request) {
        Map<String, String> extras = new LinkedHashMap<>(request.extras());
        return extras.keySet().removeAll(KEYS) ? request.edit(e -> e.extras(extras)) : request;
    }

    /** What a picture's parameters say of those that it used. */
    Map<String, String> facts(PicturePrompts picture) {
        Map<String, String> facts = new LinkedHashMap<>();
        put(facts, KEYS.get(0), networks.hashes(picture));
        put(facts, KEYS.get(1), words.hashes(checkpoint, picture));
        return facts;
    }

    private static void put(Map<String, String> facts, String key, String value) {
        if (!value.isEmpty()) {
            facts.put(key, value);
        }
    }
}
