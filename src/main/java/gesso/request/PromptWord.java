package gesso.request;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A word that is to enter the prompt.
 *
 * @param text as a person writes it
 * @param weight 1: as it is; else it is written as {@code (text:weight)}
 */
public record PromptWord(String text, double weight) {
    public static final double LEAST_WEIGHT = 0.1;
    public static final double MOST_WEIGHT = 2;

    public PromptWord {
        InvalidRequest.range("weight", "A word's weight", weight, LEAST_WEIGHT, MOST_WEIGHT);
    }

    /** Unweighted, as an interrogation gives it: an artist is named with "by". */
    public static PromptWord of(ScoredWord word) {
        boolean named = word.group() == WordGroup.ARTIST && !word.text().startsWith("by ");
        return new PromptWord(named ? "by " + word.text() : word.text(), 1);
    }

    public PromptWord withWeight(double value) {
        return new PromptWord(text, value);
    }

    /** The word as the prompt's grammar has it: brackets and backslashes are escaped, a weight of hundredths. */
    public String inPrompt() {
        String escaped = text.replaceAll("[\\\\()\\[\\]]", "\\\\$0");
        BigDecimal rounded =
                BigDecimal.valueOf(weight).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.compareTo(BigDecimal.ONE) == 0 ? escaped : "(" + escaped + ":" + rounded.toPlainString() + ")";
    }

    /** The prompt that the words make, in their order. */
    public static String prompt(List<PromptWord> words) {
        return words.stream().map(PromptWord::inPrompt).collect(Collectors.joining(", "));
    }
}
