package gesso.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.prompt.PromptPlan.Part;
import gesso.prompt.PromptPlan.Stretch;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for any prompt at all; GrammarGoldenTest has the particular ones. */
class PromptPlanTest {
    private static final String PIECES = "ab ,()[]:|\\\n\t.0123456789-+<>{}_$#\"'é猫\u3000\ud83d\ude00\ud83d\u0000";
    private static final List<String> WORDS =
            List.of("[a:b:3]", "[c|d]", ":0.5]", "AND", "BREAK", ":1.2)", "[a:", "lora:x:1", "1e999", "::");

    @Test
    void noStringThrowsAndSchedulesCoverEveryStep() {
        Random random = new Random(1);
        for (int i = 0; i < 4_000; i++) {
            String text = randomText(random);
            int steps = 1 + random.nextInt(12);
            check(PromptPlan.of(text, steps), steps);
            check(PromptPlan.ofHires(text, 1 + random.nextInt(12), steps), steps);
            check(PromptPlan.negative(text, steps), steps);
        }
    }

    private static void check(PromptPlan plan, int steps) {
        assertTrue(!plan.parts().isEmpty());
        for (Part part : plan.parts()) {
            int before = 0;
            for (Stretch stretch : part.schedule()) {
                assertTrue(stretch.until() > before);
                before = stretch.until();
                assertTrue(!stretch.fragments().isEmpty());
            }
            assertEquals(steps, before);
        }
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(24);
        for (int i = 0; i < length; i++) {
            if (random.nextInt(3) == 0) {
                text.append(WORDS.get(random.nextInt(WORDS.size())));
            } else {
                text.append(PIECES.charAt(random.nextInt(PIECES.length())));
            }
        }
        return text.toString();
    }

    @Test
    void weightsMultiply() {
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            StringBuilder open = new StringBuilder();
            StringBuilder close = new StringBuilder();
            double weight = 1;
            for (int depth = random.nextInt(8); depth >= 0; depth--) {
                double factor = random.nextInt(1, 30) / 10.0;
                boolean square = random.nextInt(4) == 0;
                boolean plain = random.nextInt(4) == 0;
                open.insert(0, square ? '[' : '(');
                close.append(square ? "]" : plain ? ")" : ":" + factor + ")");
                weight *= square ? 1 / 1.1 : plain ? 1.1 : factor;
            }
            assertEquals(
                    List.of(new Fragment("x", weight)),
                    Fragments.parse(open + "x" + close).stream()
                            .filter(f -> !f.text().isEmpty())
                            .toList());
        }
    }

    @Test
    void depthCostsNeitherStackNorTime() {
        List<String> deep = List.of(
                "[a:b:",
                "[".repeat(10_000),
                "(".repeat(10_000) + "a" + ")".repeat(10_000),
                "[a:".repeat(10_000),
                "[a:".repeat(10_000) + "b" + ":3]".repeat(10_000),
                "[a|".repeat(10_000) + "b" + "]".repeat(10_000),
                "[x:[a:b:3]".repeat(5_000),
                "(a".repeat(10_000),
                "\\(".repeat(10_000),
                ":".repeat(10_000),
                " ".repeat(50_000) + ":",
                "AND ".repeat(5_000),
                "<lora:".repeat(10_000),
                "<".repeat(10_000) + ">".repeat(10_000),
                "BREAK ".repeat(5_000));
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> deep.forEach(text -> {
                    check(PromptPlan.of(text, 20), 20);
                    Fragments.parse(text);
                }));
    }

    @Test
    void theFirstStretchLastsOneEvaluationLonger() {
        Part part = PromptPlan.of("[a:b:3]", 10).parts().get(0);
        assertEquals("a", part.at(0).text());
        assertEquals("a", part.at(3).text());
        assertEquals("b", part.at(4).text());
        assertEquals("b", part.at(10).text());
        assertEquals("a", part.at(11).text());
    }

    @Test
    void negativePromptsKnowNoAndAndNoTags() {
        PromptPlan plan = PromptPlan.negative("a AND b :0.5 <lora:x:1>", 5);
        assertEquals(List.of(new Part(1, List.of(new Stretch(5, "a AND b :0.5 <lora:x:1>")))), plan.parts());
        assertEquals(List.of(), plan.networks());
    }

    @Test
    void tagsLeaveThePrompt() {
        PromptPlan plan =
                PromptPlan.of("a <lora:one:0.5>cat<lyco:two:te=0.5:unet=1> <hypernet:three> <x> <lora:> <b:c", 5);
        assertEquals(
                "a cat  <x> <lora:> <b:c", plan.parts().get(0).schedule().get(0).text());
        assertEquals(
                List.of("lora", "lyco", "hypernet"),
                plan.networks().stream().map(NetworkTag::kind).toList());
        assertEquals(
                List.of("one", "two", "three"),
                plan.networks().stream().map(NetworkTag::name).toList());
        assertEquals(0.5, plan.networks().get(0).textStrength().orElseThrow());
        assertEquals(0.5, plan.networks().get(0).unetStrength().orElseThrow());
        assertEquals(0.5, plan.networks().get(1).textStrength().orElseThrow());
        assertEquals(1, plan.networks().get(1).unetStrength().orElseThrow());
        assertEquals(1, plan.networks().get(2).unetStrength().orElseThrow());
        assertTrue(PromptPlan.of("<lora:a:strong>", 1)
                .networks()
                .get(0)
                .unetStrength()
                .isEmpty());
        NetworkTag both = PromptPlan.of("<lora:a:0.5:0.7>", 1).networks().get(0);
        assertEquals(0.5, both.textStrength().orElseThrow());
        assertEquals(0.7, both.unetStrength().orElseThrow());
    }
}
