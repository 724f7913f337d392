package gesso.prompt;

import gesso.prompt.DynamicNode.Choice;
import gesso.prompt.DynamicNode.Literal;
import gesso.prompt.DynamicNode.Option;
import gesso.prompt.DynamicNode.Wildcard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Dynamic prompts, in the syntax of the extension of that name for A1111: {@code {a|b}} is one of them, {@code {2$$a|b|c}} two, {@code {1-2$$ and $$a|b|c}}
 * one or two joined by " and ", {@code {0.5::a|b}} weighs a half, {@code __name__} is a line of a wildcard list; forms nest, also in the lists. What a
 * picture gets depends on its seed alone.
 */
public final class DynamicPrompt {
    /** Lists that name one another in a circle end here; so does a prompt that would grow without end. */
    private static final int MOST_WILDCARDS = 1000;

    private static final int LONGEST = 1 << 20;
    private static final long NEGATIVE = 0x6e656761746976L;

    private final Wildcards wildcards;
    private final Draws draws;
    private final StringBuilder out = new StringBuilder();
    private final Deque<DynamicNode> work = new ArrayDeque<>();
    private int wildcardsDrawn;

    private DynamicPrompt(Wildcards wildcards, long seed) {
        this.wildcards = wildcards;
        this.draws = new Draws(seed);
    }

    /** The prompt of the picture with that seed: its choices drawn, all else as it stands. Any string will do. */
    public static String draw(String prompt, long seed, Wildcards wildcards) {
        return new DynamicPrompt(wildcards, seed).draw(prompt);
    }

    /** The negative prompt of the picture with that seed; its choices go their own way. */
    public static String drawNegative(String prompt, long seed, Wildcards wildcards) {
        return new DynamicPrompt(wildcards, seed ^ NEGATIVE).draw(prompt);
    }

    private String draw(String prompt) {
        push(DynamicParser.parse(prompt));
        while (!work.isEmpty()) {
            DynamicNode node = work.pop();
            if (node instanceof Literal literal) {
                out.append(literal.text());
            } else if (node instanceof Wildcard wildcard) {
                drawLine(wildcard);
            } else if (node instanceof Choice choice) {
                drawOptions(choice);
            }
        }
        return out.toString();
    }

    private void drawLine(Wildcard wildcard) {
        List<String> lines = wildcardsDrawn++ < MOST_WILDCARDS && out.length() < LONGEST
                ? wildcards.lines(wildcard.name())
                : List.of();
        if (lines.isEmpty()) {
            out.append("__").append(wildcard.name()).append("__");
        } else {
            push(DynamicParser.parse(lines.get(draws.below(lines.size()))));
        }
    }

    private void drawOptions(Choice choice) {
        List<Option> options = new ArrayList<>(options(choice));
        int most = Math.min(choice.most(), options.size());
        int least = Math.min(choice.least(), most);
        int count = least + draws.below(most - least + 1);
        List<DynamicNode> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                drawn.add(new Literal(choice.separator()));
            }
            drawn.addAll(options.remove(draws.weighted(options)).nodes());
        }
        push(drawn);
    }

    /** {@code {2$$__name__}} draws two different lines. */
    private List<Option> options(Choice choice) {
        List<DynamicNode> only = choice.options().get(0).nodes();
        if (choice.options().size() > 1 || only.size() != 1 || !(only.get(0) instanceof Wildcard wildcard)) {
            return choice.options();
        }
        List<String> lines = wildcardsDrawn++ < MOST_WILDCARDS ? wildcards.lines(wildcard.name()) : List.of();
        return lines.isEmpty()
                ? choice.options()
                : lines.stream()
                        .map(line -> new Option(1, DynamicParser.parse(line)))
                        .toList();
    }

    private void push(List<DynamicNode> nodes) {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            work.push(nodes.get(i));
        }
    }

    /** Draws from a seed, the same on every machine and Java: SplitMix64 (Steele et al. 2014), so that neighbouring seeds have nothing in common. */
    private static final class Draws {
        private long state;

        Draws(long seed) {
            state = seed;
        }

        private long next() {
            state += 0x9e3779b97f4a7c15L;
            long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            return z ^ (z >>> 31);
        }

        int below(int bound) {
            return (int) (((next() >>> 32) * bound) >>> 32);
        }

        /** The index of an option; where all weigh nothing, any. */
        int weighted(List<Option> options) {
            double total = 0;
            for (Option option : options) {
                total += option.weight();
            }
            if (total == 0) {
                return below(options.size());
            }
            double left = (next() >>> 11) * 0x1.0p-53 * total;
            int last = 0;
            for (int i = 0; i < options.size(); i++) {
                if (options.get(i).weight() > 0) {
                    last = i;
                    left -= options.get(i).weight();
                    if (left < 0) {
                        return i;
                    }
                }
            }
            return last;
        }
    }
}
