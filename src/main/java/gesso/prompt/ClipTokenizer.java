package gesso.prompt;

import gesso.request.BadInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;

/**
 * CLIP's tokenizer: text in any script becomes ids of 49,408 byte-pair tokens (Radford et al. 2021; the ids are those of Hugging Face's
 * CLIPTokenizer with ftfy, which A1111 uses). Immutable.
 */
public final class ClipTokenizer {
    /** Begins every chunk. */
    public static final int START = 49406;

    /** Ends every chunk, and fills it up on SD1. */
    public static final int END = 49407;

    /** The comma at the end of a word, where long prompts may be parted. */
    public static final int COMMA = 267;

    private static final int MERGES = 48894;

    /** What stands for start and end in a text. */
    private static final String[] MARKS = {"<|startoftext|>", "<|endoftext|>"};

    private static final String[] OPEN_CLIP_MARKS = {"<start_of_text>", "<end_of_text>"};

    private final BytePairs pairs;
    private final UnaryOperator<String> cleaning;
    private final String[] marks;

    private ClipTokenizer(BytePairs pairs, UnaryOperator<String> cleaning, String[] marks) {
        this.pairs = pairs;
        this.cleaning = cleaning;
        this.marks = marks;
    }

    /** Reads the gzipped list of merges. @throws BadInput if the file cannot be read or is something else */
    public static ClipTokenizer load(Path merges) {
        try (InputStream in = Files.newInputStream(merges)) {
            return load(in);
        } catch (IOException e) {
            throw new BadInput("The tokenizer's file %s cannot be read; install Gesso again.".formatted(merges), e);
        }
    }

    /** Reads the gzipped list of merges, and leaves the stream open. */
    public static ClipTokenizer load(InputStream merges) throws IOException {
        byte[] list = new GZIPInputStream(merges, 1 << 16).readAllBytes();
        return new ClipTokenizer(BytePairs.parse(list, MERGES), TextCleaning::clean, MARKS);
    }

    /** The tokenizer as it is where ftfy is not installed, beside ComfyUI and diffusers: curly quotes and full-width forms stay, ideographs part words. */
    public ClipTokenizer withoutFtfy() {
        return new ClipTokenizer(pairs, BasicCleaning::clean, MARKS);
    }

    /**
     * OpenCLIP's tokenizer, which A1111 gives SD2 and SDXL's second encoder: HTML entities are read also beside an angle bracket,
     * and start and end are written otherwise.
     */
    public ClipTokenizer openClip() {
        return new ClipTokenizer(pairs, TextCleaning::cleanAsHtml, OPEN_CLIP_MARKS);
    }

    /** The tokens of a text, without start and end. Any string will do. */
    public int[] encode(String text) {
        int[] ids = new int[16];
        int count = 0;
        WordSplitter words = new WordSplitter(cleaning.apply(text), marks);
        while (words.next()) {
            int[] word = encodeWord(words.word());
            if (count + word.length > ids.length) {
                ids = Arrays.copyOf(ids, Math.max(2 * ids.length, count + word.length));
            }
            System.arraycopy(word, 0, ids, count, word.length);
            count += word.length;
        }
        return Arrays.copyOf(ids, count);
    }

    private int[] encodeWord(String word) {
        if (word.equals(marks[0]) || word.equals(marks[1])) {
            return new int[] {word.equals(marks[0]) ? START : END};
        }
        return pairs.encode(word.getBytes(StandardCharsets.UTF_8));
    }

    /** The UTF-8 bytes of a byte-pair token. */
    byte[] bytes(int id) {
        return pairs.bytes(id);
    }

    /** What a token stands for, to be shown: its text, with a space after it where it ends a word. */
    public String text(int id) {
        if (id == START || id == END) {
            return MARKS[id - START];
        }
        if (id < 0 || id > END) {
            throw new IllegalArgumentException("no token " + id);
        }
        return new String(pairs.bytes(id), StandardCharsets.UTF_8) + (pairs.endsWord(id) ? " " : "");
    }

    /** What some tokens stand for, to be shown: letters that take several tokens (中文, emoji) are whole again. */
    public String text(int[] ids, int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = from; i < to; i++) {
            bytes.writeBytes(pairs.bytes(ids[i]));
            if (pairs.endsWord(ids[i])) {
                bytes.write(' ');
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
