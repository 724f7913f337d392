package gesso.command;

import static gesso.command.RequestOptions.or;

import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import gesso.request.Loopback;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Loopback, as options. */
final class LoopbackOptions {
    @Option(
            names = "--loopback",
            paramLabel = "N",
            description = "rework --image N times, 1 to 32, each picture out of the one before")
    @Nullable
    Integer loops;

    @Option(
            names = "--final-denoise",
            paramLabel = "X",
            description = "denoising strength of the last one, 0 to 1 (0.5)")
    @Nullable
    Double finalDenoise;

    @Option(
            names = "--denoise-curve",
            paramLabel = "NAME",
            description = "how the strength gets there: aggressive, linear or lazy (linear)")
    @Nullable
    String curve;

    /** What was asked for; null: no loop. */
    @Nullable
    Loopback loopback() {
        if (loops == null) {
            Needs needs = new Needs("--loopback");
            needs.check("--final-denoise", finalDenoise);
            needs.check("--denoise-curve", curve);
            return null;
        }
        return new Loopback(
                loops,
                or(finalDenoise, Loopback.DEFAULT_FINAL_STRENGTH),
                curve == null ? Loopback.Curve.LINEAR : Choices.CURVE.parse(curve));
    }

    static void check(GenerationRequest request) {
        if (request.rework() == null) {
            throw new InvalidRequest("loopback", "--loopback does nothing without --image.");
        }
        if (request.batchSize() > 1) {
            throw new InvalidRequest(
                    "batch", "--loopback makes one picture at a time; give --count in place of --batch.");
        }
    }
}
