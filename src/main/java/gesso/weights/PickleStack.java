package gesso.weights;

import java.util.ArrayList;
import java.util.List;

/** The stack that a pickle's instructions work on; marks divide it. */
final class PickleStack {
    private static final Object MARK = new Object();

    private final List<Object> stack = new ArrayList<>();

    int size() {
        return stack.size();
    }

    /** Begins a group, which {@link #marked} takes off as one; nothing below it can be taken meanwhile. */
    void mark() {
        stack.add(MARK);
    }

    void push(Object value) {
        stack.add(value);
    }

    Object pop() throws Malformed {
        Object top = peek();
        stack.remove(stack.size() - 1);
        return top;
    }

    Object peek() throws Malformed {
        if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
            throw new Malformed("its table of tensors takes what is not there");
        }
        return stack.get(stack.size() - 1);
    }

    List<Object> last(int count) throws Malformed {
        List<Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(0, pop());
        }
        return values;
    }

    /** What was pushed since the last mark, which is taken off too. */
    List<Object> marked() throws Malformed {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw new Malformed("its table of tensors takes what is not there");
        }
        List<Object> tail = stack.subList(mark + 1, stack.size());
        List<Object> values = new ArrayList<>(tail);
        tail.clear();
        stack.remove(mark);
        return values;
    }
}
