package gesso.prompt;

import java.util.IdentityHashMap;
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

        /** How many vectors its encodings have: one number, for all are of the same length. */
        public int tokens() {
            return schedule.get(0).encoding().hidden().dim(1);
        }

        Part repeatLast(int tokens) {
            if (tokens == tokens()) {
                return this;
            }
            IdentityHashMap<TextEncoding, TextEncoding> longer = new IdentityHashMap<>();
            return new Part(
                    weight,
                    schedule.stream()
                            .map(s -> new Stretch(
                                    s.until(), longer.computeIfAbsent(s.encoding(), e -> e.repeatLast(tokens))))
                            .toList());
        }

        /** What the denoiser sees, as {@link PromptPlan.Part#at}. */
        public TextEncoding at(int evaluation) {
            return schedule.get(Schedules.index(schedule, Stretch::until, evaluation))
                    .encoding();
        }
    }

    /** A text's encoding [1, 77·chunks, w], the same object for the same text. */
    public record Stretch(int until, TextEncoding encoding) {}
}
