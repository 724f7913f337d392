package gesso.request;

import org.jspecify.annotations.Nullable;

/** What the user gave cannot be used (a broken file, a missing model, a wrong option): exit code 2 on the command line. */
public class BadInput extends GessoException {
    public BadInput(String sentence) {
        super(sentence);
    }

    public BadInput(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
