package gesso.image;

/**
 * A named text inside a PNG.
 *
 * @param keyword 1–79 characters of Latin-1, such as {@code parameters}
 * @param text any text without NUL
 */
public record TextChunk(String keyword, String text) {
    public TextChunk {
        boolean latin = keyword.chars().allMatch(c -> c > 0 && c < 256);
        if (keyword.isEmpty() || keyword.length() > 79 || !latin) {
            throw new IllegalArgumentException("No keyword for a PNG: \"" + keyword + "\"");
        }
    }
}
