package gesso.request;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that Gesso itself reports. The message is one plain sentence for the user: what is wrong, and what
 * to do; the cause, for the log alone, is kept apart from it.
 */
public class GessoException extends RuntimeException {
    public GessoException(String sentence) {
        super(sentence);
    }

    public GessoException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /** The sentence for the user. */
    public String sentence() {
        String message = getMessage();
        return message == null ? toString() : message;
    }
}
