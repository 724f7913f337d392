package gesso.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import gesso.request.Emphasis;
import gesso.request.Profile;
import gesso.tensor.FloatTensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts through a network of two numbers a token: the id, and one. */
class PromptEncoderTest {
    private static final TextEncoder NETWORK = chunks -> {
        float[] hidden = new float[chunks.size() * TokenChunk.LENGTH * 2];
        int at = 0;
        for (TokenChunk chunk : chunks) {
            for (long id : chunk.ids(ClipTokenizer.END)) {
                hidden[at++] = id;
                hidden[at++] = 1;
            }
        }
        return TextEncoding.of(FloatTensor.of(hidden, chunks.size(), TokenChunk.LENGTH, 2));
    };

    private static PromptEncoder encoder(Emphasis emphasis) {
        return PromptEncoder.of(Profile.A1111, Tokenizers.CLIP, Embeddings.NONE, emphasis);
    }

    private static TextEncoding encode(String text, Emphasis emphasis) {
        return encoder(emphasis)
                .encode(PromptPlan.of(text, 10), NETWORK)
                .parts()
                .get(0)
                .at(0);
    }

    @Test
    void aTextIsAChunkOfItsTokens() {
        FloatTensor hidden = encode("a cat", Emphasis.ORIGINAL).hidden();
        assertArrayEquals(new int[] {1, 77, 2}, hidden.shape());
        assertEquals(49406, hidden.data()[0]);
        assertEquals(320, hidden.data()[2]);
        assertEquals(2368, hidden.data()[4]);
        assertEquals(49407, hidden.data()[6]);
        assertEquals(49407, hidden.data()[152]);
    }

    @Test
    void breakBeginsAChunk() {
        FloatTensor hidden = encode("a BREAK cat", Emphasis.ORIGINAL).hidden();
        assertArrayEquals(new int[] {1, 154, 2}, hidden.shape());
        assertEquals(2368, hidden.data()[2 * 78]);
    }

    @Test
    void noNormMultiplies() {
        float[] plain = encode("a cat", Emphasis.NO_NORM).hidden().data();
        float[] weighted = encode("a (cat:1.5)", Emphasis.NO_NORM).hidden().data();
        assertEquals(plain[2], weighted[2]);
        assertEquals(plain[4] * 1.5f, weighted[4]);
        assertEquals(1.5f, weighted[5]);
    }

    @Test
    void originalKeepsTheMean() {
        float[] plain = encode("a cat", Emphasis.ORIGINAL).hidden().data();
        float[] weighted = encode("a (cat:1.5)", Emphasis.ORIGINAL).hidden().data();
        assertEquals(sum(plain), sum(weighted), 1e-6 * sum(plain));
        assertEquals(1.5, weighted[5] / weighted[3], 1e-6);
    }

    @Test
    void comfyMovesAwayFromNothing() {
        float[] weighted = encode("a (cat:1.5)", Emphasis.COMFY).hidden().data();
        assertEquals(320, weighted[2]);
        assertEquals((2368 - 49407) * 1.5f + 49407, weighted[4]);
        assertEquals(1, weighted[5]);
    }

    @Test
    void noneReadsNoGrammarAndIgnoreNoWeights() {
        int[] ids = encoder(Emphasis.NONE).tokens("(cat:1.5)").chunks().get(0).ids();
        assertEquals("(", Tokenizers.CLIP.text(ids[1]).strip());
        assertArrayEquals(
                encode("cat", Emphasis.IGNORE).hidden().data(),
                encode("(cat:1.5)", Emphasis.IGNORE).hidden().data());
    }

    @Test
    void countsAsTheUiShowsThem() {
        PromptEncoder encoder = encoder(Emphasis.ORIGINAL);
        assertEquals("0/75", encoder.tokens("").count());
        assertEquals("2/75", encoder.tokens("a cat").count());
        assertEquals("76/150", encoder.tokens("a BREAK cat").count());
        assertEquals("75/75", encoder.tokens("cat ".repeat(75)).count());
        assertEquals("76/150", encoder.tokens("cat ".repeat(76)).count());
        assertEquals(1, encoder.tokens("").chunks().size());
        assertEquals(
                "3/75",
                encoder.longest(PromptPlan.of("[a:a big cat:5] <lora:x:1> AND dog", 20))
                        .count());
    }

    @Test
    void theSameTextIsOneEncoding() {
        PromptPlan plan = new PromptPlan(
                List.of(new PromptPlan.Part(
                        1,
                        List.of(
                                new PromptPlan.Stretch(1, "a"),
                                new PromptPlan.Stretch(2, "b"),
                                new PromptPlan.Stretch(3, "a")))),
                List.of());
        PromptConditioning.Part part =
                encoder(Emphasis.ORIGINAL).encode(plan, NETWORK).parts().get(0);
        assertSame(part.at(0), part.at(3));
        assertSame(part.at(0), part.at(1));
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float v : values) {
            sum += v;
        }
        return sum;
    }
}
