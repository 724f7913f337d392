package gesso.ui.generate;

/** What values mean, as keys of words. */
final class Meanings {
    private Meanings() {}

    /** What a guidance of this scale does to the picture. */
    static String cfg(double scale) {
        if (scale < 2) {
            return "cfg.ignores";
        }
        if (scale < 5) {
            return "cfg.creative";
        }
        if (scale < 11) {
            return "cfg.balances";
        }
        return scale < 22 ? "cfg.holds" : "cfg.strict";
    }

    /** How much of a picture is painted anew. */
    static String denoise(double strength) {
        if (strength < 0.25) {
            return "denoise.touches";
        }
        if (strength < 0.5) {
            return "denoise.refines";
        }
        return strength < 0.8 ? "denoise.reworks" : "denoise.repaints";
    }

    /** How much of the picture to start from is left. */
    static String likeness(double strength) {
        if (strength < 0.3) {
            return "likeness.kept";
        }
        if (strength < 0.55) {
            return "likeness.first";
        }
        return strength < 0.8 ? "likeness.balanced" : "likeness.lost";
    }

    /** What an inpainting model sees of what is masked. */
    static String maskWeight(double weight) {
        if (weight < 0.2) {
            return "mask-weight.shows";
        }
        return weight < 0.8 ? "mask-weight.hints" : "mask-weight.hides";
    }
}
