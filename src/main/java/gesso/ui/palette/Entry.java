package gesso.ui.palette;

/**
 * Something that the palette finds.
 *
 * @param name as it is shown
 * @param otherName its name in the other language, by which it is found too
 * @param kind what it is, in a word: an action's key, "setting" with its value, "model"
 * @param use does it, or shows it
 */
public record Entry(String name, String otherName, String kind, Runnable use) {}
