package gesso.pipeline;

import gesso.image.Blending;
import gesso.image.Fitting;
import gesso.image.Pixels;
import gesso.image.Subject;
import gesso.prompt.PromptPlan;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.Picture;
import gesso.request.Profile;
import gesso.request.ResizeMode;
import gesso.request.ScoredWord;
import gesso.request.TextSettings;
import gesso.request.WordList;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.runtime.UNetModel;
import gesso.sampling.Conditioning;
import gesso.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Finds words without any model that was made for it: noise is added to the picture's latent, and the words with which the
 * checkpoint's own UNet tells that noise best are those that it would call the picture by (Li et al. 2023, "Your diffusion model
 * is secretly a zero-shot classifier", with their rounds: after each, the worse ones are left out). All words meet the same noises, and
 * so does the empty prompt.
 */
final class DenoisingScores {
    /** Noises that each round adds, and how many words may stay after it. */
    private static final int[][] ROUNDS = {{4, 10}, {8, 4}, {16, 4}};

    private static final int WHITE = 0xFFFFFF;
    private static final int SEED = 20230713;
    private static final int DRAWS = 2000;
    /** Words whose chance to be the best is smaller are not told. */
    private static final double LEAST = 0.02;

    private final Models models;
    private final TextConditioner conditioner;
    private final CancelToken token;
    private final Engine.Listener listener;

    DenoisingScores(Models models, TextConditioner conditioner, CancelToken token, Engine.Listener listener) {
        this.models = models;
        this.conditioner = conditioner;
        this.token = token;
        this.listener = listener;
    }

    /**
     * What was found.
     *
     * @param help whether the best word tells the noise better than the empty prompt does; where it does not, it may still be
     *     right, and only what surrounds it in the picture another than the word makes the model expect
     */
    record Found(List<ScoredWord> words, boolean help) {}

    /**
     * The list's words that the model would call the picture by, the best first. A word's score is its chance to be the best, by
     * drawing the noises that were tried anew, with repetition.
     *
     * @throws BadInput where the checkpoint cannot be used for it
     */
    Found best(Picture picture, Checkpoint checkpoint, WordList list) {
        if (checkpoint.info().inputChannels() != PassRunner.LATENT_CHANNELS) {
            throw new BadInput("%s repaints parts of pictures; to find words choose a model that makes whole ones."
                    .formatted(checkpoint.name()));
        }
        if (list.words().isEmpty()) {
            return new Found(List.of(), true);
        }
        FloatTensor latent = latent(picture, checkpoint);
        List<Candidate> words = new ArrayList<>();
        words.add(new Candidate("", conditioning(checkpoint, "")));
        for (String word : list.words()) {
            token.check();
            words.add(new Candidate(word, conditioning(checkpoint, word)));
        }
        try (Lease<UNetModel> unet = models.unet(checkpoint.file())) {
            NoiseTrial trial = new NoiseTrial(unet.get(), checkpoint, latent, token);
            List<Candidate> left = rounds(trial, words);
            return scored(left, list);
        }
    }

    private List<Candidate> rounds(NoiseTrial trial, List<Candidate> all) {
        List<Candidate> left = all;
        int total = all.size() * ROUNDS[0][0];
        for (int i = 1; i < ROUNDS.length; i++) {
            total += Math.min(all.size(), ROUNDS[i - 1][1] + 1) * ROUNDS[i][0];
        }
        int done = 0;
        int noise = 0;
        for (int[] round : ROUNDS) {
            for (int i = 0; i < round[0]; i++) {
                trial.begin(noise++);
                for (Candidate word : left) {
                    token.check();
                    listener.progress("Asking the model which words it would paint this by", done++, total);
                    word.errors.add(trial.error(word.conditioning));
                }
            }
            List<Candidate> ranked = new ArrayList<>(left.subList(1, left.size()));
            ranked.sort(Comparator.comparingDouble(Candidate::mean));
            List<Candidate> kept = new ArrayList<>(List.of(left.get(0)));
            kept.addAll(ranked.subList(0, Math.min(round[1], ranked.size())));
            left = kept;
        }
        return left;
    }

    /** @param left the empty prompt first */
    private static Found scored(List<Candidate> left, WordList list) {
        int[] wins = new int[left.size()];
        SplittableRandom random = new SplittableRandom(SEED);
        int noises = left.get(0).errors.size();
        for (int draw = 0; draw < DRAWS; draw++) {
            int best = 1;
            double least = Double.POSITIVE_INFINITY;
            int[] chosen = random.ints(noises, 0, noises).toArray();
            for (int w = 1; w < left.size(); w++) {
                double sum = 0;
                for (int i : chosen) {
                    sum += left.get(w).errors.get(i);
                }
                if (sum < least) {
                    least = sum;
                    best = w;
                }
            }
            wins[best]++;
        }
        List<ScoredWord> words = new ArrayList<>();
        for (int w = 1; w < left.size(); w++) {
            double score = (double) wins[w] / DRAWS;
            if (score >= LEAST) {
                words.add(new ScoredWord(list.group(), left.get(w).word, score));
            }
        }
        words.sort(Comparator.comparingDouble((ScoredWord w) -> -w.score()));
        boolean help =
                left.stream().skip(1).anyMatch(c -> c.mean() < left.get(0).mean());
        return new Found(List.copyOf(words.subList(0, Math.min(list.top(), words.size()))), help);
    }

    private FloatTensor latent(Picture picture, Checkpoint checkpoint) {
        Picture fitted = Fitting.fit(
                ResizeMode.CROP_AND_RESIZE,
                Subject.closeUp(Blending.flatten(picture, WHITE)),
                checkpoint.info().nativeSize());
        listener.progress("Looking at the picture", 0, 1);
        return new Decoding(models, checkpoint, token, false, listener::notice)
                .encode(Pixels.toTensor(fitted), new VaeNoise(null));
    }

    private Conditioning conditioning(Checkpoint checkpoint, String word) {
        return conditioner
                .guidance(
                        checkpoint,
                        PromptPlan.literal(word, 1),
                        PromptPlan.literal("", 1),
                        checkpoint.info().nativeSize(),
                        Profile.A1111,
                        TextSettings.DEFAULT,
                        token)
                .positive()
                .get(0)
                .schedule()
                .entries()
                .get(0)
                .conditioning();
    }

    private static final class Candidate {
        private final String word;
        private final Conditioning conditioning;
        private final List<Double> errors = new ArrayList<>();

        Candidate(String word, Conditioning conditioning) {
            this.word = word;
            this.conditioning = conditioning;
        }

        double mean() {
            return errors.stream().mapToDouble(Double::doubleValue).average().orElse(Double.POSITIVE_INFINITY);
        }
    }
}
