package gesso.library.gallery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user says of a picture.
 *
 * @param rating stars, 0 (none) to 5
 * @param tags without blanks at their ends, each once
 * @param unknown members of the file that this version does not know, kept
 */
public record Marks(int rating, List<String> tags, String note, Map<String, @Nullable Object> unknown) {
    public static final int MOST_STARS = 5;
    public static final Marks NONE = new Marks(0, List.of(), "", Map.of());

    public Marks {
        rating = Math.max(0, Math.min(MOST_STARS, rating));
        tags = tags.stream()
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
    }

    public boolean isEmpty() {
        return rating == 0 && tags.isEmpty() && note.isEmpty() && unknown.isEmpty();
    }

    public Marks withRating(int value) {
        return new Marks(value, tags, note, unknown);
    }

    public Marks withTags(List<String> value) {
        return new Marks(rating, value, note, unknown);
    }

    public Marks withNote(String value) {
        return new Marks(rating, tags, value, unknown);
    }
}
