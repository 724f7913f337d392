package gesso.ui.generate;

import gesso.request.SamplerTuning;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Setting;
import gesso.ui.common.ToggleSetting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The finer settings of sampling. */
public final class TuningModel {
    private static final SamplerTuning DEFAULT = SamplerTuning.DEFAULT;

    private final NumberSetting eta = NumberSetting.optional("eta", 0, 1, 0.01, 2);
    private final NumberSetting churn = NumberSetting.decimal("s-churn", 0, 100, 0.1, 1, DEFAULT.sChurn());
    private final NumberSetting churnFrom = NumberSetting.decimal("s-tmin", 0, 10, 0.01, 2, DEFAULT.sTmin());
    private final NumberSetting churnTo = NumberSetting.decimal("s-tmax", 0, 999, 1, 1, DEFAULT.sTmax());
    private final NumberSetting noise = NumberSetting.decimal("s-noise", 0, 1.1, 0.001, 3, DEFAULT.sNoise());
    private final NumberSetting sigmaMin = NumberSetting.optional("sigma-min", 1e-4, 1e5, 0.01, 3);
    private final NumberSetting sigmaMax = NumberSetting.optional("sigma-max", 1e-4, 1e5, 0.1, 2);
    private final NumberSetting rho = NumberSetting.optional("rho", 0.01, 100, 0.1, 1);
    private final ToggleSetting discardPenultimate =
            new ToggleSetting("discard-penultimate", DEFAULT.discardPenultimateSigma());
    private final NumberSetting ngms =
            NumberSetting.decimal("ngms", 0, 15, 0.01, 2, DEFAULT.negativeGuidanceMinimumSigma());
    private final NumberSetting skipEarly =
            NumberSetting.decimal("skip-early-cfg", 0, 1, 0.01, 2, DEFAULT.skipEarlyGuidance());
    private final NumberSetting cfgRescale = NumberSetting.decimal("cfg-rescale", 0, 1, 0.01, 2, DEFAULT.cfgRescale());

    public NumberSetting eta() {
        return eta;
    }

    public NumberSetting churn() {
        return churn;
    }

    public NumberSetting churnFrom() {
        return churnFrom;
    }

    public NumberSetting churnTo() {
        return churnTo;
    }

    public NumberSetting noise() {
        return noise;
    }

    public NumberSetting sigmaMin() {
        return sigmaMin;
    }

    public NumberSetting sigmaMax() {
        return sigmaMax;
    }

    public NumberSetting rho() {
        return rho;
    }

    public ToggleSetting discardPenultimate() {
        return discardPenultimate;
    }

    public NumberSetting ngms() {
        return ngms;
    }

    public NumberSetting skipEarly() {
        return skipEarly;
    }

    public NumberSetting cfgRescale() {
        return cfgRescale;
    }

    List<Setting> settings() {
        return List.of(
                eta,
                churn,
                churnFrom,
                churnTo,
                noise,
                sigmaMin,
                sigmaMax,
                rho,
                discardPenultimate,
                ngms,
                skipEarly,
                cfgRescale);
    }

    SamplerTuning tuning() {
        return new SamplerTuning(
                orNull(eta),
                churn.value(),
                churnFrom.value(),
                churnTo.value(),
                noise.value(),
                orNull(sigmaMin),
                orNull(sigmaMax),
                orNull(rho),
                discardPenultimate.isOn(),
                ngms.value(),
                skipEarly.value(),
                cfgRescale.value());
    }

    void use(SamplerTuning tuning) {
        eta.set(orNaN(tuning.eta()));
        churn.set(tuning.sChurn());
        churnFrom.set(tuning.sTmin());
        churnTo.set(tuning.sTmax());
        noise.set(tuning.sNoise());
        sigmaMin.set(orNaN(tuning.sigmaMin()));
        sigmaMax.set(orNaN(tuning.sigmaMax()));
        rho.set(orNaN(tuning.rho()));
        discardPenultimate.set(tuning.discardPenultimateSigma());
        ngms.set(tuning.negativeGuidanceMinimumSigma());
        skipEarly.set(tuning.skipEarlyGuidance());
        cfgRescale.set(tuning.cfgRescale());
    }

    private static @Nullable Double orNull(NumberSetting setting) {
        return Double.isNaN(setting.value()) ? null : setting.value();
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
