package gesso.prompt;

import java.util.List;

/**
 * What a prompt says at each step: A1111's grammar, read. Any string is a prompt; what does not parse is literal text.
 *
 * @param parts joined by AND; at least one
 * @param networks the extra networks whose tags stood in the prompt
 */
public record PromptPlan(List<Part> parts, List<NetworkTag> networks) {
    public PromptPlan {
        parts = List.copyOf(parts);
        networks = List.copyOf(networks);
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
            return schedule.get(Schedules.index(schedule, Stretch::until, evaluation));
        }
    }

    /** A text up to and with step {@code until}, 1-based. */
    public record Stretch(int until, String text) {
        /** The text's pieces and their weights, as A1111 reads them. */
        public List<Fragment> fragments() {
            return Fragments.parse(text);
        }
    }

    /** The plan of a prompt over that many steps: those that the denoiser runs, so twice the sampler's for one that runs it twice a step. */
    public static PromptPlan of(String text, int steps) {
        return positive(text, PromptSteps.firstPass(steps));
    }

    /** The plan of a prompt over the second pass of hires fix, which goes on where the first one ended. */
    public static PromptPlan ofHires(String text, int firstSteps, int hiresSteps) {
        return positive(text, PromptSteps.hiresPass(firstSteps, hiresSteps));
    }

    /** The plan of a negative prompt: edited over the steps like any, but one part, AND or not, and tags are text. */
    public static PromptPlan negative(String text, int steps) {
        return new PromptPlan(List.of(new Part(1, PromptSchedule.of(text, PromptSteps.firstPass(steps)))), List.of());
    }

    /** The plan of a negative prompt over the second pass of hires fix. */
    public static PromptPlan negativeHires(String text, int firstSteps, int hiresSteps) {
        PromptSteps steps = PromptSteps.hiresPass(firstSteps, hiresSteps);
        return new PromptPlan(List.of(new Part(1, PromptSchedule.of(text, steps))), List.of());
    }

    /** One text for all steps, as programs without such a grammar read it; only the tags of extra networks are taken out. */
    public static PromptPlan literal(String text, int steps) {
        NetworkTag.Extracted extracted = NetworkTag.extract(text);
        return new PromptPlan(List.of(new Part(1, List.of(new Stretch(steps, extracted.text())))), extracted.tags());
    }

    private static PromptPlan positive(String text, PromptSteps steps) {
        NetworkTag.Extracted extracted = NetworkTag.extract(text);
        List<Part> parts = Composition.parse(extracted.text()).stream()
                .map(part -> new Part(part.weight(), PromptSchedule.of(part.text(), steps)))
                .toList();
        return new PromptPlan(parts, extracted.tags());
    }
}
