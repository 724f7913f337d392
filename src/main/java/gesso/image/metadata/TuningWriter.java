package gesso.image.metadata;

import gesso.request.Profile;
import gesso.request.Sampler;
import gesso.request.SamplerTuning;
import gesso.request.SamplingSettings;
import gesso.request.ScheduleType;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of the finer settings of sampling A1111 writes down, and for which samplers. */
final class TuningWriter {
    /** Samplers of timesteps: they know no schedule type, and their eta is another setting in A1111. */
    private static final Set<Sampler> TIMESTEPS =
            EnumSet.of(Sampler.DDIM, Sampler.DDIM_CFGPP, Sampler.PLMS, Sampler.UNIPC);

    private static final Set<Sampler> WITH_ETA = EnumSet.of(
            Sampler.EULER_A,
            Sampler.DPM2_A,
            Sampler.DPMPP_2S_A,
            Sampler.DPMPP_SDE,
            Sampler.DPMPP_2M_SDE,
            Sampler.DPMPP_2M_SDE_HEUN,
            Sampler.DPMPP_3M_SDE,
            Sampler.DPM_FAST,
            Sampler.DPM_ADAPTIVE);

    /** Those whose noise after the first is drawn from the seed + ENSD. */
    private static final Set<Sampler> WITH_ENSD =
            EnumSet.of(Sampler.EULER_A, Sampler.DPM2_A, Sampler.DPMPP_2S_A, Sampler.DPM_FAST, Sampler.DPM_ADAPTIVE);

    private static final Set<Sampler> WITH_CHURN = EnumSet.of(Sampler.EULER, Sampler.HEUN, Sampler.DPM2);

    private TuningWriter() {}

    /** The schedule that runs, except for samplers that know none: there what was asked for. */
    static String scheduleLabel(SamplingSettings sampling, Profile profile) {
        ScheduleType type =
                TIMESTEPS.contains(sampling.sampler()) ? sampling.schedule() : sampling.effectiveSchedule(profile);
        return type.label();
    }

    static boolean usesEnsd(SamplingSettings sampling) {
        Double eta = sampling.tuning().eta();
        boolean ancestral = eta == null || eta != 0;
        boolean churned =
                WITH_CHURN.contains(sampling.sampler()) && sampling.tuning().sChurn() > 0;
        return churned || (WITH_ENSD.contains(sampling.sampler()) && ancestral);
    }

    static void write(SamplingSettings sampling, Profile profile, InfotextSettings settings) {
        SamplerTuning tuning = sampling.tuning();
        boolean timesteps = TIMESTEPS.contains(sampling.sampler());
        if (tuning.discardPenultimateSigma()) {
            settings.put("Discard penultimate sigma", "True");
        }
        settings.putIfSet("Schedule min sigma", tuning.sigmaMin());
        settings.putIfSet("Schedule max sigma", tuning.sigmaMax());
        settings.putIfSet("Schedule rho", tuning.rho());
        if (sampling.effectiveSchedule(profile) == ScheduleType.BETA && !timesteps) {
            settings.put("Beta schedule alpha", 0.6);
            settings.put("Beta schedule beta", 0.6);
        }
        eta(sampling.sampler(), tuning.eta(), settings);
        if (WITH_CHURN.contains(sampling.sampler())) {
            settings.putUnless("Sigma churn", tuning.sChurn(), 0);
            settings.putUnless("Sigma tmin", tuning.sTmin(), 0);
            settings.putUnless("Sigma tmax", tuning.sTmax(), 0);
        }
        if (!timesteps) {
            settings.putUnless("Sigma noise", tuning.sNoise(), 1);
        }
        settings.putUnless("Skip Early CFG", tuning.skipEarlyGuidance(), 0);
        settings.putUnless("NGMS", tuning.negativeGuidanceMinimumSigma(), 0);
    }

    private static void eta(Sampler sampler, @Nullable Double eta, InfotextSettings settings) {
        if (eta == null) {
            return;
        }
        if (sampler == Sampler.DDIM || sampler == Sampler.DDIM_CFGPP) {
            settings.putUnless("Eta DDIM", eta, 0);
        } else if (WITH_ETA.contains(sampler)) {
            settings.putUnless("Eta", eta, 1);
        }
    }
}
