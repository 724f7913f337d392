package gesso.sampling;

/**
 * A step down that overshoots and comes up again with fresh noise (k-diffusion's get_ancestral_step).
 *
 * @param down the level to step down to
 * @param up deviation of the noise to add
 */
record AncestralStep(float down, float up) {
    static AncestralStep of(float from, float to, float eta) {
        if (eta == 0) {
            return new AncestralStep(to, 0);
        }
        float full = Float32.sqrt(to * to * (from * from - to * to) / (from * from));
        float up = Math.min(to, eta * full);
        return new AncestralStep(Float32.sqrt(to * to - up * up), up);
    }
}
