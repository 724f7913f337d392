package gesso.sampling;

import static gesso.sampling.Near.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gesso.request.Profile;
import gesso.request.Sampler;
import gesso.request.SamplerTuning;
import gesso.request.ScheduleType;
import gesso.tensor.FloatTensor;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every sampler on the ideal denoiser of a mixture against k-diffusion in double precision. */
class SamplersTest {
    private static final Goldens GOLDENS = Goldens.read("samplers.txt");
    private static final double TOLERANCE = 1e-5;
    private static final int[] SHAPE = {1, 4, 2, 2};

    @Test
    void everySamplerOnEveryScheduleAtThreeStepCounts() {
        int compared = 0;
        for (Sampler sampler : Sampler.values()) {
            if (SamplerTraits.worksOnTimesteps(sampler, Profile.A1111)) {
                continue;
            }
            for (String key : GOLDENS.keys(sampler.label() + ",")) {
                String[] words = key.split(",", -1);
                Run run = new Run(
                        sampler, ScheduleType.parse(words[0]), Integer.parseInt(words[1]), SamplerTuning.DEFAULT);
                assertNear(GOLDENS.doubles(sampler.label() + "," + key), run.x, TOLERANCE, sampler.label() + " " + key);
                compared++;
                if (sampler == Sampler.DPM_ADAPTIVE) {
                    assertEquals(GOLDENS.longs("count DPM adaptive," + key)[0], run.steps, key + ": steps");
                }
            }
        }
        assertEquals(16 * 11 * 3 + 1, compared);
    }

    @Test
    void etaChurnAndNoiseScale() {
        for (String key : GOLDENS.keys("tuned ")) {
            Sampler sampler = Sampler.parse(key.substring(0, key.indexOf(',')));
            Map<String, Double> options = new HashMap<>();
            for (String word : key.substring(key.indexOf(',') + 1).split(",", -1)) {
                options.put(word.split("=", -1)[0], Double.valueOf(word.split("=", -1)[1]));
            }
            SamplerTuning tuning = new SamplerTuning(
                    options.get("eta"),
                    options.getOrDefault("s_churn", 0.0),
                    options.getOrDefault("s_tmin", 0.0),
                    options.getOrDefault("s_tmax", 0.0),
                    options.getOrDefault("s_noise", 1.0),
                    null,
                    null,
                    null,
                    false,
                    0,
                    0,
                    0);
            Run run = new Run(sampler, ScheduleType.KARRAS, 12, tuning);
            assertNear(GOLDENS.doubles("tuned " + key), run.x, TOLERANCE, key);
        }
    }

    private static final class Run {
        final float[] x;
        int steps;

        Run(Sampler sampler, ScheduleType schedule, int n, SamplerTuning tuning) {
            float[] sigmas = SigmaSchedules.sigmas(
                    schedule,
                    Profile.A1111,
                    TrainingSchedule.stableDiffusion(),
                    false,
                    n,
                    tuning,
                    SamplerTraits.discardsPenultimate(sampler, Profile.A1111));
            TorchCpuNormals noise = new TorchCpuNormals(77);
            Double eta = tuning.eta();
            FloatTensor start = FloatTensor.of(new TorchCpuNormals(5).normals(16), SHAPE);
            x = Samplers.sample(
                            sampler,
                            new SamplerInput(
                                    Mixture.COND::denoise,
                                    start.times(sigmas[0]),
                                    sigmas,
                                    SamplerInput.Span.of(sigmas),
                                    (from, to) -> FloatTensor.of(noise.normals(16), SHAPE),
                                    eta == null ? 1 : eta.floatValue(),
                                    tuning,
                                    (index, total, sigma, denoised) -> assertEquals(steps++, index)))
                    .data();
        }
    }
}
