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
        int known = 0;
        for (WordList list : by.lists()) {
            words.addAll(scores.best(picture, checkpoint, list));
            known += list.words().size();
        }
        String notice = words.isEmpty()
                ? "None of the %d words that %s knows helps it to see this picture. A CLIP model knows more words."
                : "These are of the %d words that %s knows, whatever the picture shows. A CLIP model knows more words.";
        return new Interrogation(words, List.of(notice.formatted(known, checkpoint.name())));
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
