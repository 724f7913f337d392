package gesso.pipeline;

import gesso.sampling.Conditioning;
import gesso.sampling.NoisePredictor;
import gesso.tensor.FloatTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the UNet said lately, by what it was asked. Pictures that begin alike (the cells of a plot, the same seed with
 * another hires pass or with an edit late in the prompt) run their common steps once: the network always gives the same
 * answer to the same question, to the bit.
 */
final class PredictionMemory {
    /** Some hundred steps at 512×512. */
    private static final long BUDGET = 64L << 20;

    private final Map<Question, FloatTensor> answers = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * The network, asked only what it was not asked before.
     *
     * @param model which network it is, and what is always the same about the question
     * @param channels what the network sees beside the latent; null: nothing
     */
    NoisePredictor over(Object model, @Nullable FloatTensor channels, NoisePredictor network) {
        return (x, timestep, conditioning, moment) -> {
            Question question = new Question(model, x, timestep, conditioning, channels);
            FloatTensor known = answers.get(question);
            if (known == null) {
                known = network.predict(x, timestep, conditioning, moment);
                remember(question, known);
            }
            // The answer becomes the caller's, who may write into it.
            return known.copy();
        };
    }

    private void remember(Question question, FloatTensor answer) {
        answers.put(question, answer);
        bytes += size(answer);
        var oldest = answers.entrySet().iterator();
        while (bytes > BUDGET && oldest.hasNext()) {
            bytes -= size(oldest.next().getValue());
            oldest.remove();
        }
    }

    /** The answer and its question's latent. */
    private static long size(FloatTensor answer) {
        return 2L * Float.BYTES * answer.size();
    }

    private static final class Question {
        private final Object model;
        private final FloatTensor x;
        private final double timestep;
        private final Conditioning conditioning;
        private final @Nullable FloatTensor channels;
        private final int hash;

        Question(
                Object model,
                FloatTensor x,
                double timestep,
                Conditioning conditioning,
                @Nullable FloatTensor channels) {
            this.model = model;
            this.x = x;
            this.timestep = timestep;
            this.conditioning = conditioning;
            this.channels = channels;
            hash = Objects.hash(
                    model,
                    Arrays.hashCode(x.data()),
                    timestep,
                    Arrays.hashCode(conditioning.context().data()));
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Question q
                    && q.hash == hash
                    && q.timestep == timestep
                    && q.model.equals(model)
                    && same(q.x, x)
                    && same(q.conditioning.context(), conditioning.context())
                    && same(q.conditioning.vector(), conditioning.vector())
                    && same(q.channels, channels);
        }

        private static boolean same(@Nullable FloatTensor a, @Nullable FloatTensor b) {
            return a == b || (a != null && b != null && a.sameShape(b) && Arrays.equals(a.data(), b.data()));
        }
    }
}
