package gesso.pipeline;

import gesso.graph.BlipParts;
import gesso.image.NetworkPixels;
import gesso.prompt.WordPieces;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.GessoException;
import gesso.request.Interrogator;
import gesso.request.Picture;
import gesso.request.ScoredWord;
import gesso.request.WordGroup;
import gesso.runtime.BlipDecoder;
import gesso.runtime.BlipEncoder;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a caption with BLIP (Li et al. 2022), as A1111 has it written: the text goes on from "a picture of". */
final class Captioning {
    private static final List<String> BEGINNING = List.of("a", "picture", "of");

    private final Models models;
    private final CancelToken token;
    private final Engine.Listener listener;

    Captioning(Models models, CancelToken token, Engine.Listener listener) {
        this.models = models;
        this.token = token;
        this.listener = listener;
    }

    /**
     * The caption; its score is its tokens' mean probability.
     *
     * @throws BadInput where the model or its vocabulary cannot be used
     */
    ScoredWord caption(Picture picture, Path blip, Interrogator.Caption settings) {
        WeightFile file = WeightFiles.open(blip);
        BlipParts parts = BlipParts.of(file);
        WordPieces words = vocabulary(blip);
        BlipEncoder.Seen seen;
        try (Lease<BlipEncoder> encoder = models.blipVision(file, parts)) {
            listener.progress("Looking at the picture", 0, 1);
            seen = encoder.get()
                    .encode(NetworkPixels.blip(picture, encoder.get().side()), token);
        }
        try (Lease<BlipDecoder> decoder = models.blipText(file, parts)) {
            CaptionSearch search = new CaptionSearch(
                    ids -> {
                        token.check();
                        listener.progress("Writing a caption", ids.length, settings.longest());
                        return finite(decoder.get().next(ids, seen, token), blip);
                    },
                    words.end(),
                    settings);
            CaptionSearch.Found found = search.from(beginning(words));
            String text = words.text(found.ids());
            if (text.isBlank()) {
                throw new GessoException(
                        blip.getFileName() + " found no words for this picture; another caption model may.");
            }
            return new ScoredWord(WordGroup.CAPTION, text, Math.exp(found.meanLogProbability()));
        }
    }

    /** BLIP's own token for a beginning comes right after BERT's. */
    private static List<Integer> beginning(WordPieces words) {
        return List.of(
                words.size(), words.id(BEGINNING.get(0)), words.id(BEGINNING.get(1)), words.id(BEGINNING.get(2)));
    }

    private static float[] finite(float[] logits, Path blip) {
        for (float l : logits) {
            if (!Float.isFinite(l)) {
                throw new GessoException(
                        blip.getFileName() + " gives values that are no numbers (NaN), so there is no caption.");
            }
        }
        return logits;
    }

    private static WordPieces vocabulary(Path blip) {
        Path beside = blip.resolveSibling("vocab.txt");
        if (!Files.isRegularFile(beside)) {
            throw new BadInput(
                    "%s needs BERT's vocabulary to write its words: put the vocab.txt of bert-base-uncased (or of the BLIP model's own folder) beside it."
                            .formatted(blip.getFileName()));
        }
        return WordPieces.load(beside);
    }
}
