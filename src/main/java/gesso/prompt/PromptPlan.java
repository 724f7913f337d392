package gesso.prompt;

import java.util.List;

/**
 * What a prompt says at each step.
 *
 * @param parts joined by AND; at least one
 */
public record PromptPlan(List<Part> parts) {
    public PromptPlan {
        parts = List.copyOf(parts);
    }

    /**
     * A text that is guided towards by itself.
     *
     * @param weight its share of the guidance; negative: away from it
     * @param schedule at least one stretch; the last one's {@code until} is the number of steps
     */
    public record Part(double weight, List<Stretch> schedule) {
        public Part {
            schedule = List.copyOf(schedule);
        }

        /**
         * The stretch that the denoiser sees.
         *
         * @param evaluation how often the denoiser has run before, 0 at first. A1111 compares this number, which begins at 0, with
         *     {@code until}, which begins at 1: the first stretch lasts one evaluation longer than it says
         */
        public Stretch at(int evaluation) {
            for (Stretch stretch : schedule) {
                if (evaluation <= stretch.until()) {
                    return stretch;
                }
            }
            return schedule.get(0);
        }
    }

    /** A text up to and with step {@code until}, 1-based. */
    public record Stretch(int until, String text) {}

    /** The plan of a prompt over that many steps: those that the denoiser runs, so twice the sampler's for one that runs it twice a step. */
    public static PromptPlan of(String text, int steps) {
        return new PromptPlan(List.of(new Part(1, List.of(new Stretch(steps, text)))));
    }

    /** The plan of a negative prompt: edited over the steps like any, but one part, AND or not. */
    public static PromptPlan negative(String text, int steps) {
        return new PromptPlan(List.of(new Part(1, List.of(new Stretch(steps, text)))));
    }
}
