package gesso.prompt;

import gesso.prompt.EditNode.Alternate;
import gesso.prompt.EditNode.Edit;
import gesso.prompt.EditNode.Emphasized;
import gesso.prompt.EditNode.Stray;
import gesso.prompt.EditNode.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Which edits hold where stray brackets or colons follow at once. A1111's grammar can be read in two ways there, and its parser
 * library (lark's Earley parser) takes the edit for text when the run of strays behind it is of even length, so {@code [a:b:3]::} is text
 * and {@code [a:b:3]:} is an edit. That is what its releases do that choose the same way at every start; older ones choose by chance.
 */
final class StrayRuns {
    private final Deque<EditNode> work = new ArrayDeque<>();
    private final List<EditNode> settled = new ArrayList<>();
    private int run; // strays directly behind the node at hand

    private StrayRuns(List<EditNode> nodes) {
        nodes.forEach(work::addLast);
    }

    /** The nodes of a whole prompt, those taken apart that do not hold. */
    static List<EditNode> settle(List<EditNode> nodes) {
        return new StrayRuns(nodes).settle();
    }

    private List<EditNode> settle() {
        while (!work.isEmpty()) {
            EditNode node = work.removeLast();
            if (node instanceof Emphasized emphasized && run > 0) {
                emphasized.nodes().forEach(work::addLast);
            } else if (node instanceof Edit edit && run > 0 && run % 2 == 0) {
                takeApart(edit);
            } else {
                keep(node);
            }
        }
        Collections.reverse(settled);
        return settled;
    }

    private void keep(EditNode node) {
        settled.add(node);
        if (node instanceof Stray) {
            run++;
        } else if (node instanceof Text || node instanceof Alternate || node instanceof Edit) {
            run = 0;
        }
    }

    private void takeApart(Edit edit) {
        work.addLast(new Stray('['));
        if (edit.before() != null) {
            edit.before().forEach(work::addLast);
            work.addLast(new Stray(':'));
        }
        edit.after().forEach(work::addLast);
        work.addLast(new Stray(':'));
        work.addLast(edit.number());
        work.addLast(new Stray(']'));
    }
}
