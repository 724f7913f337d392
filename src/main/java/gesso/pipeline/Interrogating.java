package gesso.pipeline;

import gesso.prompt.ClipTokenizer;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.Interrogation;
import gesso.request.InterrogationRequest;
import gesso.request.Interrogator;
import gesso.request.Picture;
import gesso.request.ScoredWord;
import gesso.request.WordList;
import gesso.runtime.Models;
import java.util.ArrayList;
import java.util.List;

/** Turns a picture into words, by whatever the request names. */
final class Interrogating {
    private final Models models;
    private final ClipTokenizer tokenizer;
    private final TextConditioner conditioner;
    private final ModelHashes hashes;
    private final VectorStore store;

    Interrogating(
            Models models,
            ClipTokenizer tokenizer,
            TextConditioner conditioner,
            ModelHashes hashes,
            VectorStore store) {
        this.models = models;
        this.tokenizer = tokenizer;
        this.conditioner = conditioner;
        this.hashes = hashes;
        this.store = store;
    }

    /** See {@link Engine#interrogate}. */
    Interrogation run(InterrogationRequest request, CancelToken token, Engine.Listener listener) {
        Interrogator by = request.by();
        if (by instanceof Interrogator.Clip clip) {
            return clip(request.picture(), clip, token, listener);
        }
        if (by instanceof Interrogator.Denoising denoising) {
            return denoising(request.picture(), denoising, token, listener);
        }
        if (by instanceof Interrogator.Tagger tagger) {
            return new Interrogation(new Tagging(models, token, listener).tags(request.picture(), tagger), List.of());
        }
        throw new IllegalArgumentException(by.toString());
    }

    private Interrogation denoising(
            Picture picture, Interrogator.Denoising by, CancelToken token, Engine.Listener listener) {
        Checkpoint checkpoint = Checkpoint.open(by.checkpoint(), null);
        DenoisingScores scores = new DenoisingScores(models, conditioner, token, listener);
        List<ScoredWord> words = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        int known = by.lists().stream().mapToInt(list -> list.words().size()).sum();
        notices.add(
                "These are the likeliest of the %d words that %s knows, whatever the picture shows. A CLIP model knows more words."
                        .formatted(known, checkpoint.name()));
        for (WordList list : by.lists()) {
            DenoisingScores.Found found = scores.best(picture, checkpoint, list);
            words.addAll(found.words());
            if (!found.help()) {
                notices.add("None of them helps %s more than no words at all, so they may well be wrong."
                        .formatted(checkpoint.name()));
            }
        }
        return new Interrogation(words, notices);
    }

    private Interrogation clip(Picture picture, Interrogator.Clip by, CancelToken token, Engine.Listener listener) {
        List<ScoredWord> words = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        if (by.blip() != null) {
            try {
                words.add(new Captioning(models, token, listener).caption(picture, by.blip(), by.caption()));
            } catch (BadInput e) {
                if (by.clip() == null) {
                    throw e;
                }
                notices.add(e.sentence());
            }
        }
        if (by.clip() != null) {
            WordComparison comparison = new WordComparison(models, tokenizer, store, token, listener);
            words.addAll(
                    comparison.best(picture, by.clip(), hashes.sha256(by.clip()).join(), by.lists()));
        }
        return new Interrogation(words, notices);
    }
}
