package gesso.ui.control;

import gesso.request.ControlMode;

/** The terms that artists know choices by, as keys of words. */
final class ControlTerms {
    private ControlTerms() {}

    static String of(ControlMode mode) {
        return switch (mode) {
            case BALANCED -> "control-mode.balanced";
            case PROMPT -> "control-mode.prompt";
            case CONTROL -> "control-mode.control";
        };
    }
}
