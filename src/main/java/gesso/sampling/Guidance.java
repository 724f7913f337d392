package gesso.sampling;

import java.util.List;

/**
 * What pulls the picture where.
 *
 * @param positive the parts of the prompt that AND joins, at least one
 * @param negative the negative prompt
 */
public record Guidance(List<Part> positive, ConditioningSchedule negative) {
    /**
     * One part of the prompt.
     *
     * @param weight may be negative
     */
    public record Part(ConditioningSchedule schedule, double weight) {}

    public Guidance {
        positive = List.copyOf(positive);
        if (positive.isEmpty()) {
            throw new IllegalArgumentException("a prompt without parts");
        }
    }

    /** One prompt against another, both the same at every step. */
    public static Guidance of(Conditioning positive, Conditioning negative) {
        return new Guidance(
                List.of(new Part(ConditioningSchedule.constant(positive), 1)), ConditioningSchedule.constant(negative));
    }
}
