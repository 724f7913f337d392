package gesso.pipeline;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which embeddings some texts may name: those whose names stand in them, whatever a tokenizer makes of them. */
public final class EmbeddingNames {
    private final List<String> texts;

    /** Of these texts. */
    public EmbeddingNames(Collection<String> texts) {
        this.texts = texts.stream().map(EmbeddingNames::bare).distinct().toList();
    }

    /** Whether one of that name may be meant. */
    public boolean has(String name) {
        String bare = bare(name);
        return !bare.isEmpty() && texts.stream().anyMatch(text -> text.contains(bare));
    }

    /** Those of a library that may be meant, by their names. */
    public Map<String, Path> in(NetworkLibrary library) {
        Map<String, Path> named = new LinkedHashMap<>(library.embeddings());
        named.keySet().removeIf(name -> !has(name));
        return named;
    }

    /** As tokens see it: without spaces and capitals. */
    private static String bare(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
    }
}
