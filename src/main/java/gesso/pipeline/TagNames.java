package gesso.pipeline;

import gesso.prompt.Csv;
import gesso.request.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a tagger's outputs stand for: WD14's {@code selected_tags.csv} (tag_id, name, category, count) or DeepDanbooru's
 * {@code tags.txt}, a name a line.
 *
 * @param isWd14 whether it is the former
 */
record TagNames(List<Tag> tags, boolean isWd14) {
    private static final long LARGEST_FILE = 1L << 25;
    private static final int CHARACTER = 4;
    private static final int RATING = 9;

    /** Letters alone make a face: their underscores are mouths or noses. */
    private static final String FACE = "[^a-z]{1,5}_[^a-z]{1,5}|([a-z0-9<>|()]{1,3})_\\1|>_o|[a-z]_[a-z]";

    enum Kind {
        GENERAL,
        CHARACTER,
        /** How revealing the picture is: no word for a prompt. */
        RATING
    }

    /** A tag, with spaces for its underscores. */
    record Tag(String name, Kind kind) {}

    /**
     * Those beside a tagger's file: under the usual name, or the tagger's own.
     *
     * @throws BadInput where there are none
     */
    static TagNames beside(Path model) {
        String file = String.valueOf(model.getFileName());
        String stem = file.substring(0, Math.max(0, file.lastIndexOf('.')));
        for (String name : List.of("selected_tags.csv", stem + ".csv", stem + "_tags.csv")) {
            Path list = model.resolveSibling(name);
            if (Files.isRegularFile(list)) {
                return new TagNames(csv(list), true);
            }
        }
        for (String name : List.of("tags.txt", stem + ".txt")) {
            Path list = model.resolveSibling(name);
            if (Files.isRegularFile(list)) {
                return new TagNames(lines(list), false);
            }
        }
        throw new BadInput(
                "%s needs the names of its tags beside it: selected_tags.csv (WD14) or tags.txt (DeepDanbooru)."
                        .formatted(file));
    }

    private static List<Tag> csv(Path file) {
        List<List<String>> rows = Csv.parse(text(file));
        List<String> head = rows.isEmpty() ? List.of() : rows.get(0);
        int name = head.indexOf("name");
        int category = head.indexOf("category");
        if (name < 0 || category < 0) {
            throw new BadInput("%s is no list of a tagger's tags: it has no columns \"name\" and \"category\"."
                    .formatted(file.getFileName()));
        }
        List<Tag> tags = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.size() <= Math.max(name, category)) {
                throw new BadInput(
                        "%s has a line that is too short: the %dth.".formatted(file.getFileName(), tags.size() + 2));
            }
            tags.add(new Tag(plain(row.get(name)), kind(row.get(category))));
        }
        return tags;
    }

    private static Kind kind(String category) {
        if (category.equals(String.valueOf(CHARACTER))) {
            return Kind.CHARACTER;
        }
        return category.equals(String.valueOf(RATING)) ? Kind.RATING : Kind.GENERAL;
    }

    private static List<Tag> lines(Path file) {
        return text(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> new Tag(plain(line), line.startsWith("rating:") ? Kind.RATING : Kind.GENERAL))
                .toList();
    }

    private static String plain(String tag) {
        return tag.matches(FACE) ? tag : tag.replace('_', ' ');
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new BadInput("%s is far too large for a list of tags.".formatted(file.getFileName()));
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\uFEFF", "");
        } catch (IOException e) {
            throw new BadInput("%s cannot be read; see whether it is a file that you may open.".formatted(file), e);
        }
    }
}
