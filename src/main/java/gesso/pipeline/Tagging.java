package gesso.pipeline;

import gesso.image.NetworkPixels;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.GessoException;
import gesso.request.Interrogator;
import gesso.request.Picture;
import gesso.request.ScoredWord;
import gesso.request.WordGroup;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.runtime.TagNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Asks a tagger (WD14, DeepDanbooru): all tags from a score on. */
final class Tagging {
    /** WD14's usual thresholds, and A1111's for DeepDanbooru. */
    private static final double WD14 = 0.35;

    private static final double WD14_CHARACTERS = 0.85;
    private static final double DEEP_DANBOORU = 0.5;

    private final Models models;
    private final CancelToken token;
    private final Engine.Listener listener;

    Tagging(Models models, CancelToken token, Engine.Listener listener) {
        this.models = models;
        this.token = token;
        this.listener = listener;
    }

    /**
     * The tags, the surest first or by name.
     *
     * @throws BadInput where the tagger cannot be used
     */
    List<ScoredWord> tags(Picture picture, Interrogator.Tagger by) {
        Path file = file(by.model());
        TagNames names = TagNames.beside(by.model());
        float[] scores = scores(picture, file, names);
        if (scores.length != names.tags().size()) {
            throw new BadInput("%s scores %d tags, and the list beside it names %d: it belongs to another tagger."
                    .formatted(
                            by.model().getFileName(),
                            scores.length,
                            names.tags().size()));
        }
        double usual = names.isWd14() ? WD14 : DEEP_DANBOORU;
        double general = by.threshold() == null ? usual : by.threshold();
        double characters = by.characterThreshold() != null
                ? by.characterThreshold()
                : by.threshold() == null && names.isWd14() ? WD14_CHARACTERS : general;
        List<ScoredWord> found = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            TagNames.Tag tag = names.tags().get(i);
            double least = tag.kind() == TagNames.Kind.CHARACTER ? characters : general;
            if (tag.kind() != TagNames.Kind.RATING && !tag.name().isBlank() && scores[i] >= (float) least) {
                found.add(new ScoredWord(WordGroup.TAGS, tag.name(), Math.min(1, Math.max(0, scores[i]))));
            }
        }
        found.sort(
                by.alphabetical()
                        ? Comparator.comparing(ScoredWord::text)
                        : Comparator.comparingDouble((ScoredWord w) -> -w.score()));
        return found;
    }

    private float[] scores(Picture picture, Path file, TagNames names) {
        try (Lease<TagNetwork> network = models.tagger(file)) {
            listener.progress("Looking at the picture", 0, 1);
            int side = network.get().side();
            float[] scores = network.get()
                    .scores(
                            names.isWd14()
                                    ? NetworkPixels.wd14(picture, side)
                                    : NetworkPixels.deepDanbooru(picture, side),
                            token);
            for (float s : scores) {
                if (!Float.isFinite(s)) {
                    throw new GessoException(
                            file.getFileName() + " gives values that are no numbers (NaN), so there are no tags.");
                }
            }
            return scores;
        }
    }

    private static Path file(Path model) {
        if (!String.valueOf(model.getFileName()).toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            throw new BadInput(
                    "%s is DeepDanbooru in PyTorch's form, which Gesso cannot run; taggers that are .onnx files it can, such as WD14's or DeepDanbooru's own converted ones."
                            .formatted(model.getFileName()));
        }
        try {
            return model.toRealPath();
        } catch (IOException e) {
            throw new BadInput("There is no tagger at %s.".formatted(model), e);
        }
    }
}
