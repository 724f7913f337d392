package gesso.request;

import java.util.Comparator;
import java.util.List;

/**
 * The words that a picture was found to go with. They are a proposal: whoever asked reviews them before they enter a prompt.
 *
 * @param words group by group in the groups' order, each group's in the order in which the prompt is to say them
 * @param notices sentences that the user should read beside them: what the words are worth, what was missing
 */
public record Interrogation(List<ScoredWord> words, List<String> notices) {
    public Interrogation {
        words = words.stream().sorted(Comparator.comparing(ScoredWord::group)).toList();
        notices = List.copyOf(notices);
    }

    /** One group's words. */
    public List<ScoredWord> of(WordGroup group) {
        return words.stream().filter(w -> w.group() == group).toList();
    }

    /** The prompt that all words make, unweighted. */
    public String prompt() {
        return PromptWord.prompt(words.stream().map(PromptWord::of).toList());
    }
}
