package gesso.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gesso.prompt.Embeddings.Embedding;
import gesso.prompt.PromptPlan.Part;
import gesso.prompt.PromptPlan.Stretch;
import gesso.request.Emphasis;
import gesso.request.Profile;
import gesso.tensor.FloatTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** encoding.jsonl.gz holds the chunks and hidden states that A1111's and ComfyUI's own code makes around a network of plain arithmetic. */
class EncodingGoldenTest {
    private static final int WIDTH = 3;
    private static final double TOLERANCE = 2e-6;
    private static final Embeddings EMBEDDINGS = Embeddings.of(
            Tokenizers.CLIP,
            List.of(new Embedding("myemb", 3), new Embedding("myemb long", 2), new Embedding("bigone", 40)));

    private static TextEncoding network(List<TokenChunk> chunks) {
        float[] hidden = new float[chunks.size() * TokenChunk.LENGTH * WIDTH];
        int at = 0;
        for (TokenChunk chunk : chunks) {
            for (int place = 0; place < TokenChunk.LENGTH; place++) {
                for (int channel = 0; channel < WIDTH; channel++) {
                    hidden[at++] = (chunk.ids()[place] * 31 + place * 17 + channel * 7) % 1013 / 512f - 0.75f;
                }
            }
        }
        return TextEncoding.of(FloatTensor.of(hidden, chunks.size(), TokenChunk.LENGTH, WIDTH));
    }

    @Test
    void chunksAreA1111s() throws IOException {
        PromptEncoder encoder = PromptEncoder.of(Profile.A1111, Tokenizers.CLIP, EMBEDDINGS, Emphasis.ORIGINAL);
        int count = 0;
        for (JsonNode one : Goldens.lines("/prompt/encoding.jsonl.gz")) {
            if (one.get("program").asText().equals("A1111") && one.has("chunks")) {
                TokenizedText actual = encoder.tokens(one.get("text").asText());
                compareChunks(one, actual);
                assertEquals(
                        one.get("count").asInt(),
                        actual.tokens(),
                        one.get("text").asText());
                assertEquals(one.get("capacity").asInt(), actual.capacity());
                count++;
            }
        }
        assertTrue(count > 90, count + " texts");
    }

    private static void compareChunks(JsonNode one, TokenizedText actual) {
        String text = one.get("text").asText();
        JsonNode chunks = one.get("chunks");
        assertEquals(chunks.size(), actual.chunks().size(), text);
        for (int i = 0; i < chunks.size(); i++) {
            TokenChunk chunk = actual.chunks().get(i);
            assertArrayEquals(Goldens.JSON.convertValue(chunks.get(i).get(0), int[].class), chunk.ids(), text);
            assertArrayEquals(Goldens.JSON.convertValue(chunks.get(i).get(1), float[].class), chunk.weights(), text);
            List<String> expected = new ArrayList<>();
            if (chunks.get(i).has(2)) {
                chunks.get(i)
                        .get(2)
                        .forEach(f -> expected.add(
                                f.get(0).asInt() + 1 + " " + f.get(1).asText()));
            }
            assertEquals(
                    expected,
                    chunk.placements().stream()
                            .map(p -> p.at() + " " + p.embedding().name())
                            .toList(),
                    text);
        }
    }

    @Test
    void hiddenStatesAreA1111s() throws IOException {
        int count = 0;
        for (JsonNode one : Goldens.lines("/prompt/encoding.jsonl.gz")) {
            if (one.has("schedule")) {
                Emphasis emphasis = Emphasis.parse(one.get("emphasis").asText());
                List<Stretch> schedule = new ArrayList<>();
                one.get("schedule").forEach(text -> schedule.add(new Stretch(schedule.size() + 1, text.asText())));
                PromptConditioning.Part part = PromptEncoder.of(Profile.A1111, Tokenizers.CLIP, EMBEDDINGS, emphasis)
                        .encode(new PromptPlan(List.of(new Part(1, schedule)), List.of()), EncodingGoldenTest::network)
                        .parts()
                        .get(0);
                for (int i = 0; i < schedule.size(); i++) {
                    compare(
                            one.get("hidden").get(i),
                            part.schedule().get(i).encoding(),
                            one.get("schedule").toString() + emphasis);
                }
                count++;
            }
        }
        assertTrue(count >= 90, count + " schedules");
    }

    @Test
    void comfyReadsLaysOutAndWeighsItsOwnWay() throws IOException {
        PromptEncoder encoder = PromptEncoder.of(Profile.COMFYUI, Tokenizers.CLIP, Embeddings.NONE, Emphasis.ORIGINAL);
        int count = 0;
        for (JsonNode one : Goldens.lines("/prompt/encoding.jsonl.gz")) {
            if (one.get("program").asText().equals("ComfyUI")) {
                String text = one.get("text").asText();
                compareChunks(one, encoder.tokens(text));
                PromptPlan plan = PromptPlan.literal(text, 1);
                if (plan.networks().isEmpty()) {
                    compare(
                            one.get("hidden"),
                            encoder.encode(plan, EncodingGoldenTest::network)
                                    .parts()
                                    .get(0)
                                    .at(0),
                            text);
                }
                count++;
            }
        }
        assertTrue(count > 30, count + " texts");
    }

    private static void compare(JsonNode expected, TextEncoding actual, String text) {
        float[] values = actual.hidden().data();
        assertEquals(expected.size(), values.length, text);
        for (int i = 0; i < values.length; i++) {
            double wanted = expected.get(i).asDouble();
            assertEquals(wanted, values[i], TOLERANCE * Math.max(1, Math.abs(wanted)), text + " at " + i);
        }
    }

    @Test
    void comfyFragmentsTakeAnyText() {
        Random random = new Random(3);
        String pieces = "(()):ab1.\\ \n\0";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(20); k > 0; k--) {
                text.append(pieces.charAt(random.nextInt(pieces.length())));
            }
            ComfyFragments.parse(text.toString());
        }
        assertEquals(
                1,
                ComfyFragments.parse("(".repeat(10_000) + "a" + ")".repeat(10_000))
                        .size());
    }

    @Test
    void diffusersReadsTheFirstChunk() {
        PromptEncoder encoder =
                PromptEncoder.of(Profile.DIFFUSERS, Tokenizers.CLIP, Embeddings.NONE, Emphasis.ORIGINAL);
        TokenizedText text = encoder.tokens("(cat:1.2) " + "dog ".repeat(90));
        assertEquals(1, text.chunks().size());
        assertEquals(7 + 90, text.tokens());
    }

    @Test
    void shorterPartsRepeatTheirLastVector() {
        PromptEncoder encoder = PromptEncoder.of(Profile.A1111, Tokenizers.CLIP, Embeddings.NONE, Emphasis.ORIGINAL);
        PromptConditioning both =
                encoder.encode(PromptPlan.of("a cat AND a BREAK b :0.5", 4), EncodingGoldenTest::network);
        FloatTensor padded = both.parts().get(0).at(0).hidden();
        assertArrayEquals(new int[] {1, 154, WIDTH}, padded.shape());
        for (int i = 77 * WIDTH; i < 154 * WIDTH; i++) {
            assertEquals(padded.data()[76 * WIDTH + i % WIDTH], padded.data()[i]);
        }
        TextEncoding one = encoder.encode(PromptPlan.of("a cat", 4), EncodingGoldenTest::network)
                .parts()
                .get(0)
                .at(0);
        FloatTensor empty = network(List.of(TokenChunk.EMPTY)).hidden();
        float[] three = one.padded(3, empty).hidden().data();
        assertArrayEquals(empty.data(), Arrays.copyOfRange(three, 154 * WIDTH, 231 * WIDTH));
    }
}
