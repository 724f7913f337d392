package gesso.image.metadata;

import gesso.request.Sampler;
import gesso.request.SamplerTuning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The finer settings of sampling that an infotext tells of; A1111's default where it does not. */
final class TuningReader {
    /** A1111's extension, and other programs. */
    private static final List<String> RESCALE =
            List.of("CFG Rescale", "CFG rescale", "CFG Rescale φ", "CFG Rescale phi");

    private static final double BETA = 0.6;

    private TuningReader() {}

    static SamplerTuning read(TakenSettings settings, Sampler sampler) {
        boolean timesteps = sampler == Sampler.DDIM || sampler == Sampler.DDIM_CFGPP;
        Double ancestral = settings.takeNumber("Eta");
        Double ddim = settings.takeNumber("Eta DDIM");
        for (String key : List.of("Beta schedule alpha", "Beta schedule beta")) {
            double value = settings.takeNumber(key, BETA);
            if (value != BETA) {
                settings.note("%s is %s in the text; Gesso's Beta schedule has %s.".formatted(key, value, BETA));
            }
        }
        double rescale = 0;
        for (String key : RESCALE) {
            rescale = settings.takeNumber(key, rescale);
        }
        return new SamplerTuning(
                timesteps ? ddim : ancestral,
                settings.takeNumber("Sigma churn", 0),
                settings.takeNumber("Sigma tmin", 0),
                settings.takeNumber("Sigma tmax", 0),
                settings.takeNumber("Sigma noise", 1),
                positive(settings.takeNumber("Schedule min sigma")),
                positive(settings.takeNumber("Schedule max sigma")),
                positive(settings.takeNumber("Schedule rho")),
                settings.takeFlag("Discard penultimate sigma"),
                settings.takeNumber("NGMS", 0),
                settings.takeNumber("Skip Early CFG", 0),
                rescale);
    }

    /** 0 is A1111's word for "the usual one". */
    private static @Nullable Double positive(@Nullable Double value) {
        return value != null && value == 0 ? null : value;
    }
}
