package gesso.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gesso.request.Profile;
import gesso.request.Sampler;
import gesso.request.SamplerTuning;
import gesso.request.ScheduleType;
import org.junit.jupiter.api.Test;

/** Noise levels against double precision from their definitions. */
class SigmaSchedulesTest {
    private static final Goldens GOLDENS = Goldens.read("levels.txt");
    private static final TrainingSchedule PLAIN = TrainingSchedule.stableDiffusion();
    private static final SamplerTuning OVERRIDES = new SamplerTuning(null, 0, 0, 0, 1, 0.1, 10.0, 5.0, false, 0, 0, 0);

    @Test
    void everyScheduleAtManyStepCounts() {
        assertEquals(ScheduleType.values().length - 1, compare("plain ", PLAIN, false, SamplerTuning.DEFAULT) / 8);
    }

    @Test
    void sigmasAndRhoCanBeOverridden() {
        compare("overrides ", PLAIN, false, OVERRIDES);
    }

    @Test
    void otherModels() {
        compare("sdxl ", PLAIN, true, SamplerTuning.DEFAULT);
        compare("lcm ", new LcmLevels(PLAIN), false, SamplerTuning.DEFAULT);
        compare("zero ", PLAIN.zeroTerminalSnr(), false, SamplerTuning.DEFAULT);
    }

    @Test
    void uniformIsTheModelsOwn() {
        assertArrayEquals(
                sigmas(ScheduleType.AUTOMATIC, PLAIN, false, 9, SamplerTuning.DEFAULT),
                sigmas(ScheduleType.UNIFORM, PLAIN, false, 9, OVERRIDES));
    }

    @Test
    void discardingThePenultimateKeepsTheCount() {
        float[] one =
                SigmaSchedules.sigmas(ScheduleType.KARRAS, Profile.A1111, PLAIN, false, 8, SamplerTuning.DEFAULT, true);
        float[] more = sigmas(ScheduleType.KARRAS, PLAIN, false, 9, SamplerTuning.DEFAULT);
        assertEquals(9, one.length);
        assertEquals(more[7], one[7]);
        assertEquals(0, one[8]);
    }

    @Test
    void trainingScheduleAndItsTimes() {
        long[] picked = GOLDENS.longs("picked");
        double[] alphas = GOLDENS.doubles("alphas");
        double[] sigmas = GOLDENS.doubles("sigmas");
        double[] zero = GOLDENS.doubles("zero-alphas");
        for (int i = 0; i < picked.length; i++) {
            int t = (int) picked[i];
            assertEquals(alphas[i], PLAIN.alphaCumprod(t), "alpha " + t);
            assertEquals(sigmas[i], PLAIN.sigma(t), 5e-5 * sigmas[i], "sigma " + t);
            assertEquals(zero[i], PLAIN.zeroTerminalSnr().alphaCumprod(t), 5e-7, "zero SNR alpha " + t);
        }
        for (String key : GOLDENS.keys("t ")) {
            assertEquals(GOLDENS.doubles("t " + key)[0], PLAIN.sigmaToT(Float.parseFloat(key)), 2e-3, key);
        }
        for (String key : GOLDENS.keys("lcm-t ")) {
            assertEquals(GOLDENS.longs("lcm-t " + key)[0], new LcmLevels(PLAIN).sigmaToT(Float.parseFloat(key)), key);
        }
        for (String key : GOLDENS.keys("sigma ")) {
            double expected = GOLDENS.doubles("sigma " + key)[0];
            assertEquals(expected, PLAIN.tToSigma(Float.parseFloat(key)), 5e-5 * expected, key);
        }
    }

    @Test
    void aBrokenScheduleIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> TrainingSchedule.of(new float[] {.5f}));
        assertThrows(IllegalArgumentException.class, () -> TrainingSchedule.of(new float[] {.5f, Float.NaN}));
        assertThrows(IllegalArgumentException.class, () -> TrainingSchedule.of(new float[] {.5f, 0}));
    }

    @Test
    void profilesWithFormsOfTheirOwn() {
        compare("comfy ", Profile.COMFYUI, PLAIN, false, SamplerTuning.DEFAULT);
        NoiseLevels diffusers = new DiffusersLevels(PLAIN, Sampler.EULER, ScheduleType.UNIFORM);
        compare("diffusers ", Profile.DIFFUSERS, diffusers, false, SamplerTuning.DEFAULT);
    }

    private static int compare(String prefix, NoiseLevels levels, boolean sdxl, SamplerTuning tuning) {
        return compare(prefix, Profile.A1111, levels, sdxl, tuning);
    }

    private static int compare(String prefix, Profile profile, NoiseLevels levels, boolean sdxl, SamplerTuning tuning) {
        for (String key : GOLDENS.keys(prefix)) {
            String[] words = key.split(",", -1);
            float[] made = SigmaSchedules.sigmas(
                    ScheduleType.parse(words[0]), profile, levels, sdxl, Integer.parseInt(words[1]), tuning, false);
            double[] expected = GOLDENS.doubles(prefix + key);
            assertEquals(expected.length, made.length, prefix + key);
            for (int i = 0; i < made.length; i++) {
                // √((1−ᾱ)/ᾱ) of a float ᾱ near 1 has few digits, in torch as here; so has the tangent of a float near
                // π/2.
                double tolerance = expected[i] > 1000 ? 3e-4 : 5e-5;
                assertEquals(expected[i], made[i], tolerance * expected[i], prefix + key + " level " + i);
            }
        }
        return GOLDENS.keys(prefix).size();
    }

    private static float[] sigmas(ScheduleType type, NoiseLevels levels, boolean sdxl, int n, SamplerTuning tuning) {
        return SigmaSchedules.sigmas(type, Profile.A1111, levels, sdxl, n, tuning, false);
    }
}
