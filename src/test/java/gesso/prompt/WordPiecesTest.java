package gesso.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordPiecesTest {
    @TempDir
    Path folder;

    private WordPieces pieces(String... tokens) throws IOException {
        return WordPieces.load(Files.write(folder.resolve("vocab.txt"), List.of(tokens)));
    }

    @Test
    void pieceAndWordAreJoinedAsBertsDecoderDoes() throws IOException {
        WordPieces pieces = pieces(
                "[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "cat", "##fish", "'", "s", ",", "tail", "##s", ".", "doesn",
                "'s");
        assertEquals(15, pieces.size());
        assertEquals(3, pieces.end());
        assertEquals(5, pieces.id("cat"));
        assertEquals("a catfish's tails, cat.", pieces.text(List.of(2, 4, 5, 6, 7, 8, 10, 11, 9, 5, 12, 3, 0)));
        assertEquals("cat's tail", pieces.text(List.of(5, 14, 10)));
        // What lies behind the vocabulary is BLIP's own.
        assertEquals("cat", pieces.text(List.of(15, 5, 99, -1)));
    }

    @Test
    void anotherFileIsRefusedInASentence() {
        assertThrows(BadInput.class, () -> pieces("a", "b"));
        BadInput e = assertThrows(BadInput.class, () -> pieces("[SEP]", "a").id("picture"));
        assertEquals(
                "The vocab.txt beside the BLIP model lacks the word \"picture\": it is not that of bert-base-uncased. Download that one.",
                e.sentence());
    }
}
