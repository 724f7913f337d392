package gesso.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FragmentsTest {
    @Test
    void nestsAndMultiplies() {
        assertEquals(
                List.of(
                        new Fragment("a ", 1),
                        new Fragment("house", 1.5730000000000004),
                        new Fragment(" ", 1.1),
                        new Fragment("on", 1),
                        new Fragment(" a ", 1.1),
                        new Fragment("hill", 0.55),
                        new Fragment(", sun, ", 1.1),
                        new Fragment("sky", 1.4641000000000006),
                        new Fragment(".", 1.1)),
                Fragments.parse("a (((house:1.3)) [on] a (hill:0.5), sun, (((sky)))."));
    }

    @Test
    void escapesAndBreaks() {
        assertEquals(List.of(new Fragment("(literal]", 1)), Fragments.parse("\\(literal\\]"));
        assertEquals(
                List.of(new Fragment("panda", 1), Fragment.BREAK, new Fragment("blue", 1)),
                Fragments.parse("panda BREAK blue"));
    }
}
