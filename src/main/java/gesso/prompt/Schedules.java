package gesso.prompt;

import java.util.List;
import java.util.function.ToIntFunction;

/** The one rule by which A1111 picks an entry of a schedule. */
final class Schedules {
    private Schedules() {}

    /** The index of the first stretch whose end is not before {@code evaluation}; past all of them, 0. */
    static <T> int index(List<T> schedule, ToIntFunction<T> until, int evaluation) {
        for (int i = 0; i < schedule.size(); i++) {
            if (evaluation <= until.applyAsInt(schedule.get(i))) {
                return i;
            }
        }
        return 0;
    }
}
