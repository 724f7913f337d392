package gesso.request;

import org.jspecify.annotations.Nullable;

/**
 * The finer settings of sampling; {@link #DEFAULT} leaves each as the sampler has it (names as in k-diffusion and A1111).
 *
 * @param eta amount of ancestral noise, 0–1; null: 1 for ancestral and SDE samplers, 0 for DDIM
 * @param sChurn noise added back at each step, 0–100
 * @param sTmin churn from this sigma, 0–10
 * @param sTmax churn up to this sigma, 0–999; 0 means no limit
 * @param sNoise scale of the noise that is added, 0–1.1
 * @param sigmaMin overrides the schedule's smallest sigma; null: the model's
 * @param sigmaMax overrides the schedule's largest sigma; null: the model's
 * @param rho exponent of the Karras and polyexponential schedules; null: theirs (7 and 1)
 * @param discardPenultimateSigma drops the last sigma but one; samplers that always do so do it anyway
 * @param negativeGuidanceMinimumSigma (NGMS) below this sigma every second step skips the negative pass, 0–15
 * @param skipEarlyGuidance the first part of the steps that skips the negative pass, 0–1
 * @param cfgRescale φ of CFG rescale, 0–1 (Lin et al. 2023, "Common Diffusion Noise Schedules and Sample Steps are Flawed")
 */
public record SamplerTuning(
        @Nullable Double eta,
        double sChurn,
        double sTmin,
        double sTmax,
        double sNoise,
        @Nullable Double sigmaMin,
        @Nullable Double sigmaMax,
        @Nullable Double rho,
        boolean discardPenultimateSigma,
        double negativeGuidanceMinimumSigma,
        double skipEarlyGuidance,
        double cfgRescale) {
    public static final SamplerTuning DEFAULT = new SamplerTuning(null, 0, 0, 0, 1, null, null, null, false, 0, 0, 0);

    public SamplerTuning {
        if (eta != null) {
            InvalidRequest.range("eta", "Eta", eta, 0, 1);
        }
        InvalidRequest.range("s-churn", "Sigma churn", sChurn, 0, 100);
        InvalidRequest.range("s-tmin", "Sigma tmin", sTmin, 0, 10);
        InvalidRequest.range("s-tmax", "Sigma tmax", sTmax, 0, 999);
        InvalidRequest.range("s-noise", "Sigma noise", sNoise, 0, 1.1);
        if (sigmaMin != null) {
            InvalidRequest.range("sigma-min", "Schedule min sigma", sigmaMin, 1e-4, 1e5);
        }
        if (sigmaMax != null) {
            InvalidRequest.range("sigma-max", "Schedule max sigma", sigmaMax, sigmaMin == null ? 1e-4 : sigmaMin, 1e5);
        }
        if (rho != null) {
            InvalidRequest.range("rho", "Schedule rho", rho, 0.01, 100);
        }
        InvalidRequest.range("ngms", "NGMS", negativeGuidanceMinimumSigma, 0, 15);
        InvalidRequest.range("skip-early-cfg", "Skip early CFG", skipEarlyGuidance, 0, 1);
        InvalidRequest.range("cfg-rescale", "CFG rescale", cfgRescale, 0, 1);
    }

    public SamplerTuning withEta(@Nullable Double value) {
        return new SamplerTuning(
                value,
                sChurn,
                sTmin,
                sTmax,
                sNoise,
                sigmaMin,
                sigmaMax,
                rho,
                discardPenultimateSigma,
                negativeGuidanceMinimumSigma,
                skipEarlyGuidance,
                cfgRescale);
    }

    public SamplerTuning withSChurn(double value) {
        return new SamplerTuning(
                eta,
                value,
                sTmin,
                sTmax,
                sNoise,
                sigmaMin,
                sigmaMax,
                rho,
                discardPenultimateSigma,
                negativeGuidanceMinimumSigma,
                skipEarlyGuidance,
                cfgRescale);
    }

    public SamplerTuning withSTmin(double value) {
        return new SamplerTuning(
                eta,
                sChurn,
                value,
                sTmax,
                sNoise,
                sigmaMin,
                sigmaMax,
                rho,
                discardPenultimateSigma,
                negativeGuidanceMinimumSigma,
                skipEarlyGuidance,
                cfgRescale);
    }

    public SamplerTuning withSTmax(double value) {
        return new SamplerTuning(
                eta,
                sChurn,
                sTmin,
                value,
                sNoise,
                sigmaMin,
                sigmaMax,
                rho,
                discardPenultimateSigma,
                negativeGuidanceMinimumSigma,
                skipEarlyGuidance,
                cfgRescale);
    }

    public SamplerTuning withSNoise(double value) {
        return new SamplerTuning(
                eta,
                sChurn,
                sTmin,
                sTmax,
                value,
                sigmaMin,
                sigmaMax,
                rho,
                discardPenultimateSigma,
                negativeGuidanceMinimumSigma,
                skipEarlyGuidance,
                cfgRescale);
    }

    public SamplerTuning withSigmaMin(@Nullable Double value) {
        return new SamplerTuning(
                eta,
                sChurn,
                sTmin,
                sTmax,
                sNoise,
                value,
                sigmaMax,
                rho,
                discardPenultimateSigma,
                negativeGuidanceMinimumSigma,
                skipEarlyGuidance,
                cfgRescale);
    }

    public SamplerTuning withSigmaMax(@Nullable Double value) {
        return new SamplerTuning(
                eta,
                sChurn,
                sTmin,
                sTmax,
                sNoise,
                sigmaMin,
                value,
                rho,
                discardPenultimateSigma,
                negativeGuidanceMinimumSigma,
                skipEarlyGuidance,
                cfgRescale);
    }

    public SamplerTuning withRho(@Nullable Double value) {
        return new SamplerTuning(
                eta,
                sChurn,
                sTmin,
                sTmax,
                sNoise,
                sigmaMin,
                sigmaMax,
                value,
                discardPenultimateSigma,
                negativeGuidanceMinimumSigma,
                skipEarlyGuidance,
                cfgRescale);
    }

    public SamplerTuning withDiscardPenultimateSigma(boolean value) {
        return new SamplerTuning(
                eta,
                sChurn,
                sTmin,
                sTmax,
                sNoise,
                sigmaMin,
                sigmaMax,
                rho,
                value,
                negativeGuidanceMinimumSigma,
                skipEarlyGuidance,
                cfgRescale);
    }

    public SamplerTuning withNegativeGuidanceMinimumSigma(double value) {
        return new SamplerTuning(
                eta,
                sChurn,
                sTmin,
                sTmax,
                sNoise,
                sigmaMin,
                sigmaMax,
                rho,
                discardPenultimateSigma,
                value,
                skipEarlyGuidance,
                cfgRescale);
    }

    public SamplerTuning withSkipEarlyGuidance(double value) {
        return new SamplerTuning(
                eta,
                sChurn,
                sTmin,
                sTmax,
                sNoise,
                sigmaMin,
                sigmaMax,
                rho,
                discardPenultimateSigma,
                negativeGuidanceMinimumSigma,
                value,
                cfgRescale);
    }

    public SamplerTuning withCfgRescale(double value) {
        return new SamplerTuning(
                eta,
                sChurn,
                sTmin,
                sTmax,
                sNoise,
                sigmaMin,
                sigmaMax,
                rho,
                discardPenultimateSigma,
                negativeGuidanceMinimumSigma,
                skipEarlyGuidance,
                value);
    }
}
