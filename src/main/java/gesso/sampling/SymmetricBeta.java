package gesso.sampling;

/** Quantiles of the beta distribution with two equal parameters. */
final class SymmetricBeta {
    private static final int HALVINGS = 200;
    private static final int TERMS = 500;

    private SymmetricBeta() {}

    /** The x below which a value lies with probability {@code p}, by halving. */
    static double quantile(double p, double shape) {
        if (p <= 0 || p >= 1) {
            return p <= 0 ? 0 : 1;
        }
        if (p == 0.5) {
            return 0.5;
        }
        if (p > 0.5) {
            return 1 - quantile(1 - p, shape);
        }
        double target = p * Math.exp(2 * logGammaOfShape(shape) - logGammaOfShape(2 * shape));
        double low = 0;
        double high = 0.5;
        for (int i = 0; i < HALVINGS && low < high; i++) {
            double middle = 0.5 * (low + high);
            if (incomplete(middle, shape) < target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /** ∫₀ˣ u^(a−1)(1−u)^(a−1) du for x ≤ ½: the binomial series, whose terms fall at least as fast as 2⁻ᵏ. */
    private static double incomplete(double x, double a) {
        double coefficient = 1;
        double power = 1;
        double sum = 0;
        for (int k = 0; k < TERMS; k++) {
            double term = coefficient * power / (a + k);
            sum += term;
            if (Math.abs(term) < 1e-18 * Math.abs(sum)) {
                break;
            }
            coefficient *= (k + 1 - a) / (k + 1);
            power *= x;
        }
        return Math.pow(x, a) * sum;
    }

    /** ln Γ by Stirling's series after moving the argument up. */
    private static double logGammaOfShape(double x) {
        double shift = 0;
        double z = x;
        while (z < 20) {
            shift += Math.log(z);
            z++;
        }
        double inverse = 1 / z;
        double square = inverse * inverse;
        double series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
        return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
    }
}
