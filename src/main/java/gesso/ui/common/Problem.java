package gesso.ui.common;

import java.util.List;
import javafx.beans.value.ObservableValue;

/** What is wrong with a value, in words that follow the language. */
public record Problem(String key, List<Object> arguments) {
    public Problem(String key, Object... arguments) {
        this(key, List.of(arguments));
    }

    /** A sentence that is already written. */
    public static Problem sentence(String sentence) {
        return new Problem("problem.sentence", sentence);
    }

    public ObservableValue<String> text(Words words) {
        return words.text(key, arguments.toArray());
    }
}
