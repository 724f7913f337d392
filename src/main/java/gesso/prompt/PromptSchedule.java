package gesso.prompt;

import gesso.prompt.EditNode.Alternate;
import gesso.prompt.EditNode.Edit;
import gesso.prompt.EditNode.Emphasized;
import gesso.prompt.EditNode.Stray;
import gesso.prompt.EditNode.Text;
import gesso.prompt.PromptPlan.Stretch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Prompt editing and alternation: which text stands at which step. */
final class PromptSchedule {
    private final List<EditNode> nodes;
    private final PromptSteps steps;

    private PromptSchedule(List<EditNode> nodes, PromptSteps steps) {
        this.nodes = nodes;
        this.steps = steps;
    }

    /** The text's stretches; the last one ends with the last step. */
    static List<Stretch> of(String text, PromptSteps steps) {
        return EditParser.parse(text)
                .map(nodes -> new PromptSchedule(nodes, steps).stretches())
                .orElseGet(() -> List.of(new Stretch(steps.steps(), text)));
    }

    private List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>();
        for (int step : ends()) {
            stretches.add(new Stretch(step, textAt(step)));
        }
        return stretches;
    }

    /** Every step at which some form changes, also one that is not to be seen then: A1111 encodes a text for each. */
    private NavigableSet<Integer> ends() {
        NavigableSet<Integer> ends = new TreeSet<>();
        ends.add(steps.steps());
        Deque<EditNode> work = new ArrayDeque<>(nodes);
        while (!work.isEmpty()) {
            EditNode node = work.pop();
            if (node instanceof Emphasized emphasized) {
                push(work, emphasized.nodes());
            } else if (node instanceof Edit edit) {
                int when = when(edit);
                if (when >= 1) {
                    ends.add(when);
                }
                push(work, edit.before());
                push(work, edit.after());
            } else if (node instanceof Alternate alternate) {
                for (int step = 1; step <= steps.steps(); step++) {
                    ends.add(step);
                }
                alternate.options().forEach(option -> push(work, option));
            }
        }
        return ends;
    }

    private String textAt(int step) {
        StringBuilder text = new StringBuilder();
        Deque<EditNode> work = new ArrayDeque<>();
        push(work, nodes);
        while (!work.isEmpty()) {
            EditNode node = work.pop();
            if (node instanceof Text plain) {
                text.append(plain.text());
            } else if (node instanceof Stray stray) {
                text.append(stray.character());
            } else if (node instanceof Emphasized emphasized) {
                push(work, emphasized.nodes());
            } else if (node instanceof Edit edit) {
                push(work, step <= when(edit) ? edit.before() : edit.after());
            } else if (node instanceof Alternate alternate) {
                push(
                        work,
                        alternate.options().get((step - 1) % alternate.options().size()));
            }
        }
        return text.toString();
    }

    private int when(Edit edit) {
        return steps.when(PythonText.strip(edit.number().text()));
    }

    /** Puts the nodes, if any, on the stack so that the first is on top. */
    private static void push(Deque<EditNode> work, @Nullable List<EditNode> nodes) {
        if (nodes == null) {
            return;
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            work.push(nodes.get(i));
        }
    }
}
