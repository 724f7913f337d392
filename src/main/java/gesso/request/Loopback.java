package gesso.request;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A1111's script "Loopback": each picture is reworked into the next, with the next seed, while the denoising strength goes from
 * the request's to another.
 *
 * @param loops how many pictures, 1–32
 * @param finalStrength the last picture's denoising strength, 0–1
 * @param curve how the strength gets there
 */
public record Loopback(int loops, double finalStrength, Curve curve) {
    /** A1111's. */
    public static final double DEFAULT_FINAL_STRENGTH = 0.5;

    public Loopback {
        InvalidRequest.range("loopback", "Loops", loops, 1, 32);
        InvalidRequest.range("final-denoise", "Final denoising strength", finalStrength, 0, 1);
    }

    /** How the strength changes: soon, evenly or late. */
    public enum Curve implements Labelled {
        AGGRESSIVE("Aggressive"),
        LINEAR("Linear"),
        LAZY("Lazy");

        private final String label;

        Curve(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }

        /** 0–1 to 0–1. */
        private double at(double progress) {
            return switch (this) {
                case AGGRESSIVE -> StrictMath.sin(progress * Math.PI / 2);
                case LINEAR -> progress;
                case LAZY -> 1 - StrictMath.cos(progress * Math.PI / 2);
            };
        }
    }

    /** The denoising strength of picture {@code loop}, from 0; {@code first} is that of picture 0. */
    public double strength(double first, int loop) {
        if (loops == 1) {
            return first;
        }
        double strength = first + (finalStrength - first) * curve.at((double) loop / (loops - 1));
        return Math.min(Math.max(strength, 0), 1);
    }

    /** The request for the first picture: one, which says in its file what it belongs to. Without a picture to start from as it is. */
    public GenerationRequest first(GenerationRequest asked) {
        Map<String, String> extras = new LinkedHashMap<>(asked.extras());
        extras.put("Final denoising strength", InvalidRequest.plain(finalStrength));
        extras.put("Denoising curve", curve.label());
        return asked.edit(e -> e.batch(1, 1).extras(extras));
    }

    /**
     * The request for a later picture.
     *
     * @param first of the first one
     * @param made the picture before, and {@code seed} its own
     * @param loop which it is, from 1
     */
    public GenerationRequest next(GenerationRequest first, Picture made, long seed, int loop) {
        Rework rework = first.rework();
        if (rework == null) {
            throw new InvalidRequest("loopback", "Loopback needs a picture to start from.");
        }
        Inpaint inpaint = rework.inpaint();
        Rework next = new Rework(
                made,
                rework.resizeMode(),
                strength(rework.denoisingStrength(), loop),
                rework.exactSteps(),
                rework.colorCorrection(),
                inpaint == null ? null : inpaint.withContent(MaskedContent.ORIGINAL),
                rework.encodingSeed(),
                rework.strengthMap(),
                rework.upscaler());
        return first.edit(e -> e.rework(next).seeds(first.seeds().withSeed(seed + 1)));
    }
}
