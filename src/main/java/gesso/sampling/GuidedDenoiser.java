package gesso.sampling;

import gesso.request.SamplerTuning;
import gesso.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Classifier-free guidance around a network (Ho and Salimans 2022), with all that A1111's CFGDenoiser does: prompts that change
 * over the runs, parts joined by AND, runs that skip the negative prompt, and the inpainting blend.
 */
final class GuidedDenoiser {
    private ConditionalDenoiser inner;
    private Guidance guidance;
    private double scale;
    private final SamplerTuning tuning;
    private final Steps steps;
    private final @Nullable LatentBlend blend;
    private final Place place;
    private final @Nullable CfgRescale rescale;
    private int evaluation;
    private int step;
    private int current;
    private @Nullable FloatTensor lastNegative;

    /** Where the inpainting blend goes: on the denoised picture (k-diffusion), or on x before (timestep samplers). */
    enum Place {
        BEFORE,
        AFTER
    }

    /**
     * How much is to be done.
     *
     * @param steps sampling steps
     * @param evaluations runs of the network that A1111 expects in them, double the steps for its second-order samplers
     */
    record Steps(int steps, int evaluations) {}

    GuidedDenoiser(
            ConditionalDenoiser inner,
            Guidance guidance,
            double scale,
            SamplerTuning tuning,
            Steps steps,
            @Nullable LatentBlend blend,
            Place place,
            @Nullable CfgRescale rescale) {
        this.inner = inner;
        this.guidance = guidance;
        this.scale = scale;
        this.tuning = tuning;
        this.steps = steps;
        this.blend = blend;
        this.place = place;
        this.rescale = rescale;
    }

    /** The guided prediction, in the kind of {@link ConditionalDenoiser#evaluate}. */
    FloatTensor evaluate(FloatTensor given, float level) {
        FloatTensor x = blend != null && place == Place.BEFORE ? blend.blend(given, level) : given;
        FloatTensor guided = guided(x, level);
        evaluation++;
        return blend != null && place == Place.AFTER ? blend.blend(guided, level) : guided;
    }

    /** What the last run gave for the negative prompt, which CFG++ goes on from; the positive's where that was skipped. */
    FloatTensor lastNegative() {
        return java.util.Objects.requireNonNull(lastNegative, "no run yet");
    }

    /** From the next run on another network, which has the prompts in its own way. */
    void goOnWith(ConditionalDenoiser next, Guidance itsGuidance) {
        inner = next;
        guidance = itsGuidance;
    }

    /** From the next run on by more or less guidance. */
    void goOnBy(double newScale) {
        scale = newScale;
    }

    /** Steps that are done. */
    int stepsDone() {
        return current;
    }

    /** Tells which step was done last, for {@link NoisePredictor.Moment}. */
    void stepDone(int index) {
        step = index;
        current = index + 1;
    }

    private FloatTensor guided(FloatTensor x, float level) {
        List<FloatTensor> parts = positives(x, level);
        Guidance.Edit edit = guidance.edit();
        if (edit != null) {
            return edited(x, level, parts.get(0), edit);
        }
        boolean skip = skipsNegative(level);
        if (!skip && cancelsOut()) {
            lastNegative = parts.get(0);
            return parts.get(0);
        }
        FloatTensor negative = skip
                ? parts.get(0)
                : inner.evaluate(x, level, guidance.negative().at(evaluation), moment(true));
        lastNegative = negative;
        FloatTensor guided = combined(parts, negative, skip ? 1 : scale);
        return rescale == null || skip ? guided : rescale.apply(x, level, guided, combined(parts, negative, 1));
    }

    /** blind + scale·(positive − negative) + image scale·(negative − blind). */
    private FloatTensor edited(FloatTensor x, float level, FloatTensor positive, Guidance.Edit edit) {
        FloatTensor negative = inner.evaluate(x, level, guidance.negative().at(evaluation), moment(true));
        FloatTensor blind = inner.evaluate(x, level, edit.blind().at(evaluation), moment(true));
        // CFG++ goes on from the run that A1111 puts last.
        lastNegative = blind;
        FloatTensor guided =
                blind.plus(positive.minus(negative), (float) scale).plus(negative.minus(blind), (float) edit.scale());
        return rescale == null ? guided : rescale.apply(x, level, guided, positive);
    }

    private List<FloatTensor> positives(FloatTensor x, float level) {
        List<Conditioning> conditionings = new ArrayList<>();
        int tokens = 0;
        for (Guidance.Part part : guidance.positive()) {
            Conditioning conditioning = part.schedule().at(evaluation);
            conditionings.add(conditioning);
            tokens = Math.max(tokens, conditioning.context().dim(1));
        }
        List<FloatTensor> outputs = new ArrayList<>();
        for (Conditioning conditioning : conditionings) {
            outputs.add(inner.evaluate(x, level, conditioning.padded(tokens), moment(false)));
        }
        return outputs;
    }

    /** With scale 1 and one part of weight 1, uncond + (cond − uncond) is cond. */
    private boolean cancelsOut() {
        return scale == 1
                && guidance.positive().size() == 1
                && guidance.positive().get(0).weight() == 1;
    }

    private boolean skipsNegative(float level) {
        if (tuning.skipEarlyGuidance() != 0
                && (double) evaluation / steps.evaluations() <= tuning.skipEarlyGuidance()) {
            return true;
        }
        return evaluation % 2 == 1 && level < tuning.negativeGuidanceMinimumSigma();
    }

    private FloatTensor combined(List<FloatTensor> parts, FloatTensor negative, double by) {
        FloatTensor sum = negative;
        for (int i = 0; i < parts.size(); i++) {
            double weight = guidance.positive().get(i).weight();
            sum = sum.plus(parts.get(i).minus(negative), (float) (weight * by));
        }
        return sum;
    }

    private NoisePredictor.Moment moment(boolean negative) {
        return new NoisePredictor.Moment(step, current, steps.steps(), negative);
    }
}
