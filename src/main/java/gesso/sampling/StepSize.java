package gesso.sampling;

/** Chooses the next step from the last one's error: k-diffusion's PID controller with its integral part alone. */
final class StepSize {
    private static final double LEAST_ERROR = 1e-8;

    private final double exponent;
    private final double acceptSafety;
    private double h;

    StepSize(double first, double order, double acceptSafety) {
        h = first;
        exponent = 1 / order;
        this.acceptSafety = acceptSafety;
    }

    double h() {
        return h;
    }

    /** Whether a step with that error stands; the size of the next one, or of the next try, follows from it. */
    boolean accepts(double error) {
        double factor = Math.pow(1 / (error + LEAST_ERROR), exponent);
        double limited = 1 + Math.atan(factor - 1);
        h *= limited;
        return limited >= acceptSafety;
    }
}
