package gesso.prompt;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** An encoded prompt: what {@link PromptPlan} says, as vectors. */
public record PromptConditioning(List<Part> parts) {
    public PromptConditioning {
        parts = List.copyOf(parts);
    }

    /** The same plan by two encoders (SDXL): the vectors side by side, [1, 77·chunks, w + w₂], with the second one's pooled vector. */
    public PromptConditioning beside(PromptConditioning second) {
        List<Part> both = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            both.add(parts.get(i).beside(second.parts.get(i)));
        }
        return new PromptConditioning(both);
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

        private Part beside(Part second) {
            IdentityHashMap<TextEncoding, TextEncoding> joined = new IdentityHashMap<>();
            List<Stretch> both = new ArrayList<>();
            for (int i = 0; i < schedule.size(); i++) {
                Stretch own = schedule.get(i);
                TextEncoding other = second.schedule.get(i).encoding();
                both.add(new Stretch(own.until(), joined.computeIfAbsent(own.encoding(), e -> e.beside(other))));
            }
            return new Part(weight, both);
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
