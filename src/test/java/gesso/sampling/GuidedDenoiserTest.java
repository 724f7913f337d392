package gesso.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gesso.request.SamplerTuning;
import gesso.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Guidance over a network that answers with its prompt's number. */
class GuidedDenoiserTest {
    private static final FloatTensor X = FloatTensor.of(new float[] {5, 6}, 1, 1, 1, 2);
    private final List<NoisePredictor.Moment> moments = new ArrayList<>();
    private final List<Integer> tokens = new ArrayList<>();

    private static Conditioning prompt(float number) {
        return new Conditioning(FloatTensor.of(new float[] {number}, 1, 1, 1), null);
    }

    private static ConditioningSchedule always(float number) {
        return ConditioningSchedule.constant(prompt(number));
    }

    private GuidedDenoiser guided(Guidance guidance, double scale, SamplerTuning tuning, @Nullable CfgRescale rescale) {
        ConditionalDenoiser network = (x, level, conditioning, moment) -> {
            moments.add(moment);
            tokens.add(conditioning.context().dim(1));
            float number = conditioning.context().data()[0];
            return FloatTensor.of(new float[] {number, 2 * number}, 1, 1, 1, 2);
        };
        return new GuidedDenoiser(
                network,
                guidance,
                scale,
                tuning,
                new GuidedDenoiser.Steps(4, 4),
                null,
                GuidedDenoiser.Place.AFTER,
                rescale);
    }

    private GuidedDenoiser guided(Guidance guidance, double scale) {
        return guided(guidance, scale, SamplerTuning.DEFAULT, null);
    }

    @Test
    void promptsThatChangeCountTheRunsFromZeroAndComeBackAtTheEnd() {
        ConditioningSchedule schedule = new ConditioningSchedule(
                List.of(new ConditioningSchedule.Entry(1, prompt(10)), new ConditioningSchedule.Entry(3, prompt(20))));
        GuidedDenoiser denoiser = guided(new Guidance(List.of(new Guidance.Part(schedule, 1)), always(0)), 1);
        float[] seen = new float[6];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = denoiser.evaluate(X, 1).data()[0];
        }
        assertArrayEquals(new float[] {10, 10, 20, 20, 10, 10}, seen);
    }

    @Test
    void partsJoinedByAndPullWithTheirWeights() {
        Guidance guidance =
                new Guidance(List.of(new Guidance.Part(always(10), 1), new Guidance.Part(always(4), -0.5)), always(2));
        // 2 + 3·(1·(10 − 2) − .5·(4 − 2))
        assertArrayEquals(
                new float[] {23, 46}, guided(guidance, 3).evaluate(X, 1).data());
        // With scale 1 the weights still count, so the negative prompt is needed.
        assertArrayEquals(
                new float[] {9, 18}, guided(guidance, 1).evaluate(X, 1).data());
    }

    @Test
    void aSkippedNegativePromptIsReplacedByTheFirstPart() {
        Guidance guidance =
                new Guidance(List.of(new Guidance.Part(always(10), 1), new Guidance.Part(always(4), 0.5)), always(2));
        SamplerTuning early = new SamplerTuning(null, 0, 0, 0, 1, null, null, null, false, 0, 0.25, 0);
        GuidedDenoiser denoiser = guided(guidance, 3, early, null);
        // 10 + 1·(10 − 10) + .5·(4 − 10) in runs 0 and 1 of 4, then guided by 3.
        assertEquals(7, denoiser.evaluate(X, 1).data()[0]);
        assertEquals(10, denoiser.lastNegative().data()[0]);
        assertEquals(7, denoiser.evaluate(X, 1).data()[0]);
        assertEquals(29, denoiser.evaluate(X, 1).data()[0]);
        assertEquals(2, denoiser.lastNegative().data()[0]);
    }

    @Test
    void theShorterPartIsPaddedWithItsLastToken() {
        Conditioning three = new Conditioning(FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 3, 2), null);
        assertArrayEquals(
                new float[] {1, 2, 3, 4, 5, 6, 5, 6, 5, 6},
                three.padded(5).context().data());
        Guidance guidance = new Guidance(
                List.of(new Guidance.Part(always(10), 1), new Guidance.Part(ConditioningSchedule.constant(three), 1)),
                always(2));
        guided(guidance, 3).evaluate(X, 1);
        assertEquals(List.of(3, 3, 1), tokens);
    }

    @Test
    void theNetworkHearsWhereItIs() {
        GuidedDenoiser denoiser = guided(new Guidance(List.of(new Guidance.Part(always(10), 1)), always(2)), 3);
        denoiser.evaluate(X, 1);
        denoiser.stepDone(2);
        denoiser.evaluate(X, 1);
        assertEquals(
                List.of(
                        new NoisePredictor.Moment(0, 0, 4, false),
                        new NoisePredictor.Moment(0, 0, 4, true),
                        new NoisePredictor.Moment(2, 3, 4, false),
                        new NoisePredictor.Moment(2, 3, 4, true)),
                moments);
    }

    @Test
    void cfgRescaleGivesTheSpreadOfThePositivePrompt() {
        Guidance guidance = new Guidance(List.of(new Guidance.Part(always(10), 1)), always(2));
        float sigma = 2;
        FloatTensor full = guided(guidance, 3, SamplerTuning.DEFAULT, CfgRescale.ofSigma(1))
                .evaluate(X, sigma);
        // v = (x/(σ²+1) − denoised)·√(σ²+1)/σ has the positive prompt's deviation: |Δv| of two values says it all.
        double guidedSpread = (X.data()[1] - X.data()[0]) / 5.0 - (full.data()[1] - full.data()[0]);
        double positiveSpread = (X.data()[1] - X.data()[0]) / 5.0 - 10;
        assertEquals(positiveSpread, guidedSpread, 1e-5);
        FloatTensor none = guided(guidance, 3, SamplerTuning.DEFAULT, CfgRescale.ofSigma(0))
                .evaluate(X, sigma);
        assertArrayEquals(new float[] {26, 52}, none.data(), 1e-4f);
        FloatTensor half = guided(guidance, 3, SamplerTuning.DEFAULT, CfgRescale.ofSigma(0.5))
                .evaluate(X, sigma);
        assertEquals((26 + full.data()[0]) / 2, half.data()[0], 1e-4, "φ lies between");
    }

    @Test
    void cfgRescaleOfNoiseIsTheSameRescale() {
        TrainingSchedule schedule = TrainingSchedule.stableDiffusion();
        float alpha = schedule.alphaCumprod(500);
        float sigma = schedule.sigma(500);
        FloatTensor x = FloatTensor.of(new float[] {1, -2, 0.5f}, 1, 1, 1, 3);
        FloatTensor picture = FloatTensor.of(new float[] {0.3f, -0.9f, 0.7f}, 1, 1, 1, 3);
        FloatTensor positive = FloatTensor.of(new float[] {0.2f, -0.4f, 0.1f}, 1, 1, 1, 3);
        FloatTensor bySigma = CfgRescale.ofSigma(0.7).apply(x, sigma, picture, positive);
        FloatTensor noise = CfgRescale.ofTimestep(0.7, schedule)
                .apply(
                        x.times(Float32.sqrt(alpha)),
                        500,
                        x.minus(picture).dividedBy(sigma),
                        x.minus(positive).dividedBy(sigma));
        assertArrayEquals(bySigma.data(), x.plus(noise, -sigma).data(), 1e-5f);
    }

    @Test
    void anEmptyScheduleIsAMistake() {
        assertThrows(IllegalArgumentException.class, () -> new ConditioningSchedule(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Guidance(List.of(), always(1)));
    }
}
