package gesso.pipeline;

import gesso.image.Blending;
import gesso.image.Fitting;
import gesso.image.Pixels;
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
import gesso.sampling.Prediction;
import gesso.sampling.TorchCpuNormals;
import gesso.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds words without any model that was made for it: noise is added to the picture's latent, and the words with which the
 * checkpoint's own UNet tells that noise best are those that it would call the picture by (Li et al. 2023, "Your diffusion model
 * is secretly a zero-shot classifier", with their rounds: after each, the worse half is left out). All words meet the same noises, and
 * so does the empty prompt: a word that does not help against it is none of the picture's.
 */
final class DenoisingScores {
    /** Noises that each round adds, and how many words may stay after it. */
    private static final int[][] ROUNDS = {{4, 10}, {8, 4}, {16, 4}};

    /** Timesteps: earlier ones are all detail, later ones all noise, and say little about words. */
    private static final int LOWEST = 200;

    private static final int HIGHEST = 800;

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
     * The list's words that the picture shows, the best first; none where the empty prompt does as well. A word's score is its
     * chance to be the best, by drawing the noises that were tried anew, with repetition.
     *
     * @throws BadInput where the checkpoint cannot be used for it
     */
    List<ScoredWord> best(Picture picture, Checkpoint checkpoint, WordList list) {
        if (checkpoint.info().inputChannels() != PassRunner.LATENT_CHANNELS) {
            throw new BadInput("%s repaints parts of pictures; to find words choose a model that makes whole ones."
                    .formatted(checkpoint.name()));
        }
        FloatTensor latent = latent(picture, checkpoint);
        List<Candidate> words = new ArrayList<>();
        words.add(new Candidate("", conditioning(checkpoint, "")));
        for (String word : list.words()) {
            token.check();
            words.add(new Candidate(word, conditioning(checkpoint, word)));
        }
        try (Lease<UNetModel> unet = models.unet(checkpoint.file())) {
            Trial trial = new Trial(unet.get(), checkpoint, latent);
            List<Candidate> left = rounds(trial, words);
            return scored(left, list);
        }
    }

    private List<Candidate> rounds(Trial trial, List<Candidate> all) {
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
    private static List<ScoredWord> scored(List<Candidate> left, WordList list) {
        int[] wins = new int[left.size()];
        TorchCpuNormals random = new TorchCpuNormals(SEED);
        int noises = left.get(0).errors.size();
        for (int draw = 0; draw < DRAWS; draw++) {
            float[] drawn = random.normals(Math.max(16, noises));
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            int[] chosen = new int[noises];
            for (int i = 0; i < noises; i++) {
                chosen[i] = Math.floorMod(Float.floatToIntBits(drawn[i]) >>> 3, noises);
            }
            for (int w = 0; w < left.size(); w++) {
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
            if (score >= LEAST && left.get(w).mean() < left.get(0).mean()) {
                words.add(new ScoredWord(list.group(), left.get(w).word, score));
            }
        }
        words.sort(Comparator.comparingDouble((ScoredWord w) -> -w.score()));
        return words.subList(0, Math.min(list.top(), words.size()));
    }

    private FloatTensor latent(Picture picture, Checkpoint checkpoint) {
        Picture fitted = Fitting.fit(
                ResizeMode.CROP_AND_RESIZE,
                Blending.flatten(picture, WHITE),
                checkpoint.info().nativeSize());
        listener.progress("Looking at the picture", 0, 1);
        return new Decoding(models, checkpoint, token, listener::notice)
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

    /** One noise at one timestep, for all words the same. */
    private final class Trial {
        private final UNetModel unet;
        private final Checkpoint checkpoint;
        private final FloatTensor latent;
        private int timestep;
        private FloatTensor noised;
        private float[] target;

        Trial(UNetModel unet, Checkpoint checkpoint, FloatTensor latent) {
            this.unet = unet;
            this.checkpoint = checkpoint;
            this.latent = latent;
            this.noised = latent;
            this.target = latent.data();
        }

        void begin(int number) {
            // The golden ratio's multiples cover the middle of the schedule evenly, however many are taken.
            double place = (number * 0.6180339887498949) % 1;
            timestep = (int) (LOWEST + (HIGHEST - LOWEST) * place);
            double alpha = checkpoint.schedule().alphaCumprod(timestep);
            float signal = (float) Math.sqrt(alpha);
            float spread = (float) Math.sqrt(1 - alpha);
            float[] noise = new TorchCpuNormals(SEED + number).normals(latent.size());
            float[] x = new float[latent.size()];
            target = new float[latent.size()];
            boolean v = checkpoint.prediction() == Prediction.V;
            for (int i = 0; i < x.length; i++) {
                float clean = latent.data()[i];
                x[i] = signal * clean + spread * noise[i];
                target[i] = v ? signal * noise[i] - spread * clean : noise[i];
            }
            noised = FloatTensor.of(x, latent.shape());
        }

        /** The prediction's mean squared error. */
        double error(Conditioning conditioning) {
            FloatTensor predicted =
                    unet.predict(noised, new float[] {timestep}, conditioning.context(), conditioning.vector(), token);
            double sum = 0;
            for (int i = 0; i < target.length; i++) {
                double d = predicted.data()[i] - target[i];
                sum += d * d;
            }
            return sum / target.length;
        }
    }
}
