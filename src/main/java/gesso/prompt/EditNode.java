package gesso.prompt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a prompt whose text may depend on the step. */
sealed interface EditNode {
    /** Text as it stands, escapes and all. */
    record Text(String text) implements EditNode {}

    /** A bracket or colon that belongs to no form. */
    record Stray(char character) implements EditNode {}

    /** {@code (…)}, {@code (…:…)} or {@code […]}: emphasis, which stays in the text for {@link Fragments} to read. */
    record Emphasized(List<EditNode> nodes) implements EditNode {}

    /**
     * {@code [before:after:when]}.
     *
     * @param before null in {@code [after:when]}
     * @param number the text between the last colon and the bracket
     */
    record Edit(@Nullable List<EditNode> before, List<EditNode> after, Text number) implements EditNode {}

    /** {@code [a|b|…]}: two options or more, which may be empty. */
    record Alternate(List<List<EditNode>> options) implements EditNode {}
}
