package gesso.prompt;

import java.nio.file.Path;

/** The one tokenizer of all tests. */
final class Tokenizers {
    static final ClipTokenizer CLIP = ClipTokenizer.load(
            Path.of(System.getProperty("gesso.assets", "assets"), "tokenizer", "clip-merges.txt.gz"));

    private Tokenizers() {}
}
