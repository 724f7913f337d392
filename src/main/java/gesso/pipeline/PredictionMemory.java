package gesso.pipeline;

import gesso.sampling.NoisePredictor;
import gesso.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What the UNet said lately, by what it was asked. Pictures that begin alike (the cells of a plot, the same seed with
 * another hires pass or with an edit late in the prompt) run their common steps once: the network always gives the same
 * answer to the same question, to the bit.
 */
final class PredictionMemory {
    /** Two hundred steps at 512×512. */
    private static final long BUDGET = 64L << 20;

    private final Map<QuestionDigest, FloatTensor> answers = new LinkedHashMap<>(16, 0.75f, true);
    private final QuestionDigest.Maker digests = new QuestionDigest.Maker();
    private long bytes;

    /**
     * The network, asked only what it was not asked before.
     *
     * @param model which network it is, and what is always the same about the question: says all of it as text
     * @param kept what is known from before a crash, and keeps what the network says
     */
    NoisePredictor over(Object model, KeptSteps kept, NoisePredictor network) {
        return over((Function<NoisePredictor.Moment, Object>) moment -> model, kept, network);
    }

    /**
     * The same for a network that ControlNets guide.
     *
     * @param model also says what guides it at that moment
     */
    NoisePredictor over(Function<NoisePredictor.Moment, Object> model, KeptSteps kept, NoisePredictor network) {
        return (x, timestep, conditioning, moment) -> {
            QuestionDigest question = digests.of(model.apply(moment), x, timestep, conditioning);
            FloatTensor known = answers.get(question);
            if (known == null) {
                known = kept.answer(question).orElse(null);
                if (known == null) {
                    known = network.predict(x, timestep, conditioning, moment);
                    kept.keep(question, known);
                }
                remember(question, known);
            }
            // The answer becomes the caller's, who may write into it.
            return known.copy();
        };
    }

    private void remember(QuestionDigest question, FloatTensor answer) {
        answers.put(question, answer);
        bytes += size(answer);
        var oldest = answers.entrySet().iterator();
        while (bytes > BUDGET && oldest.hasNext()) {
            bytes -= size(oldest.next().getValue());
            oldest.remove();
        }
    }

    private static long size(FloatTensor answer) {
        return (long) Float.BYTES * answer.size();
    }
}
