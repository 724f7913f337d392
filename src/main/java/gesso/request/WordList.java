package gesso.request;

import java.util.List;

/**
 * Words to compare a picture with.
 *
 * @param name the list's, e.g. "artists"
 * @param group what its words are
 * @param top how many of them are wanted
 */
public record WordList(String name, WordGroup group, int top, List<String> words) {
    public WordList {
        InvalidRequest.range("top", "The number of words wanted of the list " + name, top, 1, 1000);
        words = List.copyOf(words);
    }
}
