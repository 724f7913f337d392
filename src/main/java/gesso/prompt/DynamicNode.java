package gesso.prompt;

import java.util.List;

/** A piece of a dynamic prompt. */
sealed interface DynamicNode {
    /** Text as it stands. */
    record Literal(String text) implements DynamicNode {}

    /** {@code __name__}. */
    record Wildcard(String name) implements DynamicNode {}

    /**
     * {@code {a|b|c}}, {@code {2$$ and $$a|b|c}}.
     *
     * @param least how many options are drawn, and at most how many; neither is more than there are
     */
    record Choice(int least, int most, String separator, List<Option> options) implements DynamicNode {}

    /** One of a choice's options, drawn in proportion to its weight, which is 1 or the number before {@code ::}. */
    record Option(double weight, List<DynamicNode> nodes) {}
}
