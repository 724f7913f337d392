package gesso.sampling;

import gesso.tensor.FloatTensor;
import java.util.List;

/** A prompt's conditioning over the steps: prompt editing changes it at step boundaries. */
public record ConditioningSchedule(List<Entry> entries) {
    /**
     * A stretch of the steps.
     *
     * @param until the last step (counted from 1 by the schedule, as A1111's end_at_step) that has this conditioning
     */
    public record Entry(int until, Conditioning conditioning) {}

    public ConditioningSchedule {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a schedule without entries");
        }
    }

    /** The same all the way. */
    public static ConditioningSchedule constant(Conditioning conditioning) {
        return new ConditioningSchedule(List.of(new Entry(Integer.MAX_VALUE, conditioning)));
    }

    ConditioningSchedule beside(FloatTensor channels) {
        return new ConditioningSchedule(entries.stream()
                .map(entry -> new Entry(entry.until(), entry.conditioning().beside(channels)))
                .toList());
    }

    /**
     * The conditioning of the network's {@code evaluation}-th run (from 0). A1111 compares its count from 0 with ends that count
     * from 1, so an entry lasts one run longer than it says; past the last end the first entry comes back.
     */
    Conditioning at(int evaluation) {
        for (Entry entry : entries) {
            if (evaluation <= entry.until()) {
                return entry.conditioning();
            }
        }
        return entries.get(0).conditioning();
    }
}
