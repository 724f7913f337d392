package gesso.prompt;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * BERT's vocabulary (Devlin et al. 2018), as in a {@code vocab.txt}: a token a line, its number the id; {@code ##} goes on with
 * the word before it. Immutable.
 */
public final class WordPieces {
    private static final long LARGEST_FILE = 1L << 24;
    private static final String END = "[SEP]";
    private static final Set<String> SPECIAL = Set.of("[PAD]", "[UNK]", "[CLS]", END, "[MASK]");

    private final List<String> tokens;
    private final Map<String, Integer> ids = new HashMap<>();

    private WordPieces(List<String> tokens) {
        this.tokens = tokens;
        for (int i = 0; i < tokens.size(); i++) {
            ids.putIfAbsent(tokens.get(i), i);
        }
    }

    /** Reads a {@code vocab.txt}. @throws BadInput where it is none */
    public static WordPieces load(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw notOne(file);
            }
            List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            WordPieces pieces = new WordPieces(lines);
            if (!pieces.ids.containsKey(END)) {
                throw notOne(file);
            }
            return pieces;
        } catch (IOException e) {
            throw new BadInput("%s cannot be read; see whether it is a file that you may open.".formatted(file), e);
        }
    }

    private static BadInput notOne(Path file) {
        return new BadInput("%s is not the vocabulary of bert-base-uncased; download that model's vocab.txt again."
                .formatted(file));
    }

    /** How many tokens there are. BLIP's own begin after them. */
    public int size() {
        return tokens.size();
    }

    /** What ends a text. */
    public int end() {
        return id(END);
    }

    /** The id of a word that is one token. @throws BadInput where it is none */
    public int id(String word) {
        Integer id = ids.get(word.toLowerCase(Locale.ROOT));
        if (id == null) {
            id = ids.get(word);
        }
        if (id == null) {
            throw new BadInput(
                    "The vocab.txt beside the BLIP model lacks the word \"%s\": it is not that of bert-base-uncased. Download that one."
                            .formatted(word));
        }
        return id;
    }

    /** A text of tokens; special ones, and those beyond the vocabulary, say nothing. Spaces are as people set them. */
    public String text(List<Integer> text) {
        List<String> words = new ArrayList<>();
        for (int id : text) {
            String token = id >= 0 && id < tokens.size() ? tokens.get(id) : "";
            if (token.isEmpty() || SPECIAL.contains(token)) {
                continue;
            }
            if (token.startsWith("##") && !words.isEmpty()) {
                words.set(words.size() - 1, words.get(words.size() - 1) + token.substring(2));
            } else {
                words.add(token);
            }
        }
        return String.join(" ", words)
                .replaceAll(" ([.,?!])", "$1")
                .replace(" ' ", "'")
                .replaceAll(" (n't|'m|'s|'ve|'re)(?!\\w)", "$1");
    }
}
