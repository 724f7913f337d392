package gesso.request;

/** A picture's size in pixels, both sides at least 1. */
public record Size(int width, int height) {
    public Size {
        InvalidRequest.range("size", "Width", width, 1, 1 << 20);
        InvalidRequest.range("size", "Height", height, 1, 1 << 20);
    }

    /** Reads {@code 512x768}. */
    public static Size parse(String text) {
        String[] parts = text.trim().toLowerCase(java.util.Locale.ROOT).split("[x×]", -1);
        try {
            if (parts.length == 2) {
                return new Size(Integer.parseInt(parts[0].trim()), Integer.parseInt(parts[1].trim()));
            }
        } catch (NumberFormatException e) {
            // Said below, in words that name the whole text.
        }
        throw new InvalidRequest("size", "A size is written like 512x768, not \"%s\".".formatted(text));
    }

    public Size swapped() {
        return new Size(height, width);
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
