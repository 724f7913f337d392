package gesso.prompt;

import java.util.List;

/** An encoded prompt: what {@link PromptPlan} says, as vectors. */
public record PromptConditioning(List<Part> parts) {
    public PromptConditioning {
        parts = List.copyOf(parts);
    }

    /** An encoded {@link PromptPlan.Part}. */
    public record Part(double weight, List<Stretch> schedule) {
        public Part {
            schedule = List.copyOf(schedule);
        }

        /** What the denoiser sees, as {@link PromptPlan.Part#at}. */
        public TextEncoding at(int evaluation) {
            for (Stretch stretch : schedule) {
                if (evaluation <= stretch.until()) {
                    return stretch.encoding();
                }
            }
            return schedule.get(0).encoding();
        }
    }

    /** A text's encoding [1, 77·chunks, w], the same object for the same text. */
    public record Stretch(int until, TextEncoding encoding) {}
}
