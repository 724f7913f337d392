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
}
