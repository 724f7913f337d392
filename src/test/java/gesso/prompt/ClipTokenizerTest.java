package gesso.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gesso.request.BadInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTokenizerTest {
    @TempDir
    Path folder;

    @Test
    void idsAreTransformersOnes() throws IOException {
        assertEquals(List.of(), wrong(Tokenizers.CLIP, 1, 2000));
    }

    @Test
    void idsAreTransformersOnesWithoutFtfyToo() throws IOException {
        assertEquals(List.of(), wrong(Tokenizers.CLIP.withoutFtfy(), 2, 900));
    }

    @Test
    void idsAreOpenClipsOnesForItsEncoders() throws IOException {
        assertEquals(List.of(), wrong("/tokenizer/openclip.jsonl.gz", Tokenizers.CLIP.openClip(), 1, 900));
    }

    private static List<String> wrong(ClipTokenizer tokenizer, int column, int least) throws IOException {
        return wrong("/tokenizer/ids.jsonl.gz", tokenizer, column, least);
    }

    /** The strings, of which there must be some, whose ids differ from those in the golden's column. */
    private static List<String> wrong(String goldens, ClipTokenizer tokenizer, int column, int least)
            throws IOException {
        int count = 0;
        List<String> wrong = new ArrayList<>();
        for (JsonNode one : Goldens.lines(goldens)) {
            if (one.has(column)) {
                int[] actual = tokenizer.encode(one.get(0).asText());
                if (!Arrays.equals(Goldens.JSON.convertValue(one.get(column), int[].class), actual)) {
                    wrong.add(one + "\n  " + Arrays.toString(actual));
                }
                count++;
            }
        }
        assertTrue(count >= least, count + " strings");
        return wrong;
    }

    @Test
    void everyTokenHasItsOwnText() {
        Set<String> texts = new HashSet<>();
        for (int id = 256; id < 512; id++) {
            assertTrue(Tokenizers.CLIP.text(id).endsWith(" "));
        }
        for (int id = 512; id <= ClipTokenizer.END; id++) {
            texts.add(id + Tokenizers.CLIP.text(id));
        }
        assertEquals(ClipTokenizer.END + 1 - 512, texts.size());
        assertEquals("cat ", Tokenizers.CLIP.text(2368));
        assertEquals(", ", Tokenizers.CLIP.text(ClipTokenizer.COMMA));
    }

    @Test
    void loneSurrogatesAreReplaced() {
        assertArrayEquals(Tokenizers.CLIP.encode("a\ufffdb"), Tokenizers.CLIP.encode("a\ud83db"));
        assertArrayEquals(Tokenizers.CLIP.encode("\ufffd"), Tokenizers.CLIP.encode("\ude00"));
    }

    @Test
    void aLongWordComesBackFromItsTokens() {
        String word = "好".repeat(100_000) + "a".repeat(500_000);
        byte[] bytes = new byte[word.length() * 3];
        int length = 0;
        for (int id : Tokenizers.CLIP.encode(word)) {
            byte[] token = Tokenizers.CLIP.bytes(id);
            System.arraycopy(token, 0, bytes, length, token.length);
            length += token.length;
        }
        assertEquals(word, new String(bytes, 0, length, StandardCharsets.UTF_8));
    }

    @Test
    void aBrokenListIsASentence() throws IOException {
        assertThrows(BadInput.class, () -> ClipTokenizer.load(folder.resolve("none.gz")));
        Path plain = Files.writeString(folder.resolve("plain.gz"), "i n\n");
        assertThrows(BadInput.class, () -> ClipTokenizer.load(plain));
        for (String list : List.of("", "i", "i n", "i n\n", "i n\nqq n\n", "i\nn", "☃ n\n", " \n", "</w> a\n")) {
            BadInput error =
                    assertThrows(BadInput.class, () -> ClipTokenizer.load(new ByteArrayInputStream(gzip(list))), list);
            assertTrue(error.sentence().contains("install"), error.sentence());
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
