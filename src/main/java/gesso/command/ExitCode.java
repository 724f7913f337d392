package gesso.command;

import gesso.request.BadInput;
import gesso.request.Cancelled;

/** What the process ends with, as scripts rely on it. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILURE = 1;
    static final int BAD_INPUT = 2;
    static final int CANCELLED = 130;

    private ExitCode() {}

    static int of(Throwable cause) {
        return cause instanceof BadInput ? BAD_INPUT : cause instanceof Cancelled ? CANCELLED : FAILURE;
    }
}
