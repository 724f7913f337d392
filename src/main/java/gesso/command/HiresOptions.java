package gesso.command;

import static gesso.command.RequestOptions.or;

import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Size;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Hires fix, as options. */
final class HiresOptions {
    @Option(names = "--hires", description = "hires fix: a second, larger pass")
    boolean hires;

    @Option(names = "--hires-scale", paramLabel = "X", description = "factor of both sides, 1 to 4 (2)")
    @Nullable
    Double scale;

    @Option(names = "--hires-size", paramLabel = "WxH", description = "the size to reach, in place of a factor")
    @Nullable
    Size size;

    @Option(names = "--hires-upscaler", paramLabel = "NAME", description = "e.g. Lanczos (Latent)")
    @Nullable
    String upscaler;

    @Option(
            names = "--hires-steps",
            paramLabel = "N",
            description = "steps of the second pass (0: as many as the first)")
    @Nullable
    Integer steps;

    @Option(names = "--hires-sampler", paramLabel = "NAME", description = "(the first pass's)")
    @Nullable
    String sampler;

    @Option(names = "--hires-schedule", paramLabel = "NAME", description = "(the first pass's)")
    @Nullable
    String schedule;

    @Option(names = "--hires-cfg", paramLabel = "X", description = "(the first pass's)")
    @Nullable
    Double cfg;

    @Option(names = "--hires-prompt", paramLabel = "TEXT", description = "(the first pass's)")
    @Nullable
    String prompt;

    @Option(names = "--hires-negative", paramLabel = "TEXT", description = "(the first pass's)")
    @Nullable
    String negative;

    /** The request with the second pass that was asked for; {@code denoise} is null where it was not given. */
    GenerationRequest apply(GenerationRequest from, @Nullable Double denoise) {
        if (!hires && from.hires() == null) {
            refuseWithoutHires();
            return from;
        }
        Hires start = or(from.hires(), Hires.DEFAULT);
        Hires wanted = new Hires(
                or(scale, start.scale()),
                size != null ? size : scale != null ? null : start.size(),
                or(upscaler, start.upscaler()),
                or(steps, start.steps()),
                or(denoise, start.denoisingStrength()),
                sampler == null
                        ? start.sampler()
                        : RequestOptions.sampler(sampler).sampler(),
                schedule == null ? start.schedule() : RequestOptions.schedule(schedule),
                or(cfg, start.cfgScale()),
                or(prompt, start.prompt()),
                or(negative, start.negativePrompt()));
        return from.edit(e -> e.hires(wanted));
    }

    private void refuseWithoutHires() {
        Needs needs = new Needs("--hires");
        needs.check("--hires-scale", scale);
        needs.check("--hires-size", size);
        needs.check("--hires-upscaler", upscaler);
        needs.check("--hires-steps", steps);
        needs.check("--hires-sampler", sampler);
        needs.check("--hires-schedule", schedule);
        needs.check("--hires-cfg", cfg);
        needs.check("--hires-prompt", prompt);
        needs.check("--hires-negative", negative);
    }
}
