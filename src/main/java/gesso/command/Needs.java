package gesso.command;

import gesso.request.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** Refuses options that do nothing because another one is not there: such a command line is a mistake. */
record Needs(String other) {
    /** @throws InvalidRequest if the option was given (null, false: it was not) */
    void check(String option, @Nullable Object given) {
        if (given != null && !Boolean.FALSE.equals(given)) {
            throw new InvalidRequest(option.substring(2), "%s does nothing without %s.".formatted(option, other));
        }
    }
}
