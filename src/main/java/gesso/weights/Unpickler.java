package gesso.weights;

import gesso.weights.PickleGlobals.Forbidden;
import gesso.weights.Pickled.Global;
import gesso.weights.Pickled.Inert;
import gesso.weights.Pickled.Nothing;
import gesso.weights.Pickled.Storage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one pickle (protocols 0 to 5, after CPython's pickletools) into plain values. Nothing is executed: the opcodes that
 * would import and call build what {@link PickleGlobals} says, and everything else is refused.
 */
final class Unpickler {
    private static final int MAX_STACK = 1 << 20;

    /** A checkpoint of 3,000 tensors takes about 150,000. */
    private static final int MAX_STEPS = 1 << 21;

    private final TableInput in;
    private final PickleStack stack = new PickleStack();
    private final Map<Long, Object> memo = new HashMap<>();
    private final Map<String, Storage> storages;

    private Unpickler(TableInput in, Map<String, Storage> storages) {
        this.in = in;
        this.storages = storages;
    }

    /** The next pickle's value; the input stands behind its last byte then. */
    static Object read(TableInput in) throws Malformed, Forbidden {
        return read(in, new HashMap<>());
    }

    /** The same, putting every storage that the pickle points at into {@code storages} by its key. */
    static Object read(TableInput in, Map<String, Storage> storages) throws Malformed, Forbidden {
        return new Unpickler(in, storages).run();
    }

    private Object run() throws Malformed, Forbidden {
        for (int step = 0; step < MAX_STEPS && stack.size() < MAX_STACK; step++) {
            int op = in.u1();
            if (op == '.') {
                return stack.pop();
            }
            if (!constant(op) && !text(op) && !container(op) && !memory(op) && !call(op)) {
                throw new Malformed("its table of tensors holds the unknown instruction 0x" + Integer.toHexString(op));
            }
        }
        throw new Malformed("its table of tensors is impossibly long");
    }

    private boolean constant(int op) throws Malformed {
        switch (op) {
            case 0x80 -> PickleScalars.protocol(in.u1());
            case 0x95 -> in.little(8); // FRAME: the length is of use to those who read ahead
            case 'N' -> stack.push(Nothing.NONE);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'K' -> stack.push(in.little(1));
            case 'M' -> stack.push(in.little(2));
            case 'J' -> stack.push((long) (int) in.little(4));
            case 'I', 'L' -> stack.push(PickleScalars.number(in.line()));
            case 0x8a -> stack.push(PickleScalars.integer(in.bytes(in.little(1))));
            case 0x8b -> stack.push(PickleScalars.integer(in.bytes(in.little(4))));
            case 'G' -> stack.push(Double.longBitsToDouble(Long.reverseBytes(in.little(8))));
            case 'F' -> stack.push(PickleScalars.decimal(in.line()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean text(int op) throws Malformed {
        switch (op) {
            case 'X' -> stack.push(in.text(in.little(4)));
            case 0x8c -> stack.push(in.text(in.little(1)));
            case 0x8d -> stack.push(in.text(in.little(8)));
            case 'V' -> stack.push(in.line());
            case 'S' -> stack.push(PickleScalars.unquoted(in.line()));
            case 'U' -> stack.push(new String(in.bytes(in.little(1)), StandardCharsets.ISO_8859_1));
            case 'T' -> stack.push(new String(in.bytes(in.little(4)), StandardCharsets.ISO_8859_1));
            case 'C' -> stack.push(in.bytes(in.little(1)));
            case 'B' -> stack.push(in.bytes(in.little(4)));
            case 0x8e -> stack.push(in.bytes(in.little(8)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int op) throws Malformed {
        switch (op) {
            case '(' -> stack.mark();
            case ')', ']' -> stack.push(new ArrayList<>(0));
            case '}' -> stack.push(new LinkedHashMap<>());
            case 0x8f -> stack.push(new Inert());
            case 't', 'l' -> stack.push(stack.marked());
            case 0x85 -> stack.push(stack.last(1));
            case 0x86 -> stack.push(stack.last(2));
            case 0x87 -> stack.push(stack.last(3));
            case 'a' -> append(stack.last(1));
            case 'e' -> append(stack.marked());
            case 'd' -> {
                List<Object> pairs = stack.marked();
                stack.push(new LinkedHashMap<>());
                set(pairs);
            }
            case 's' -> set(stack.last(2));
            case 'u' -> set(stack.marked());
            case 0x90 -> stack.marked(); // items of a set, which is inert
            case 0x91 -> {
                stack.marked();
                stack.push(new Inert());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked") // every list here is made here
    private void append(List<Object> items) throws Malformed {
        if (!(stack.peek() instanceof List<?> list)) {
            throw new Malformed("it appends to what is no list");
        }
        ((List<Object>) list).addAll(items);
    }

    private void set(List<Object> pairs) throws Malformed {
        if (pairs.size() % 2 != 0) {
            throw new Malformed("a table in it has no pairs");
        }
        Object target = stack.peek();
        if (target instanceof Map<?, ?> map) {
            for (int i = 0; i < pairs.size(); i += 2) {
                put(map, pairs.get(i), pairs.get(i + 1));
            }
        } else if (!(target instanceof Inert)) {
            throw new Malformed("it sets members of what is no table");
        }
    }

    /** Puts a pair into a table, where the key is a text or a number; others name nothing that a tensor could be called. */
    @SuppressWarnings("unchecked") // every map here is made here
    static void put(Map<?, ?> map, Object key, Object value) {
        if (key instanceof String || key instanceof Long) {
            ((Map<Object, Object>) map).put(key, value);
        }
    }

    private boolean memory(int op) throws Malformed {
        switch (op) {
            case 'q' -> memo.put(in.little(1), stack.peek());
            case 'r' -> memo.put(in.little(4), stack.peek());
            case 'p' -> memo.put(index(in.line()), stack.peek());
            case 0x94 -> memo.put((long) memo.size(), stack.peek());
            case 'h' -> stack.push(recall(in.little(1)));
            case 'j' -> stack.push(recall(in.little(4)));
            case 'g' -> stack.push(recall(index(in.line())));
            case '0' -> stack.pop();
            case '1' -> stack.marked();
            case '2' -> stack.push(stack.peek());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static long index(String line) throws Malformed {
        return PickleScalars.number(line) instanceof Long index ? index : -1;
    }

    private Object recall(long index) throws Malformed {
        Object value = memo.get(index);
        if (value == null) {
            throw new Malformed("it recalls what it never kept");
        }
        return value;
    }

    private boolean call(int op) throws Malformed, Forbidden {
        switch (op) {
            case 'c' -> stack.push(PickleGlobals.named(in.line(), in.line()));
            case 0x93 -> {
                List<Object> names = stack.last(2);
                if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
                    throw new Malformed("it names a class without a name");
                }
                stack.push(PickleGlobals.named(module, name));
            }
            case 'R', 0x81 -> reduce(stack.last(2));
            case 'b' -> build(stack.pop());
            case 'Q' -> {
                Storage storage = PickleGlobals.storage(stack.pop());
                storages.putIfAbsent(storage.key(), storage);
                stack.push(storage);
            }
            case 'i', 'o', 0x92 -> throw new Forbidden("an object of an unknown class");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void reduce(List<Object> call) throws Malformed {
        if (!(call.get(0) instanceof Global) || !(call.get(1) instanceof List<?> arguments)) {
            throw new Malformed("it calls what is no function");
        }
        stack.push(PickleGlobals.call(call.get(0), arguments));
    }

    /** Gives an object its state; only of inert ones anything is ever asked. */
    private void build(Object state) throws Malformed {
        if (stack.peek() instanceof Inert inert) {
            inert.state = state;
        }
    }
}
