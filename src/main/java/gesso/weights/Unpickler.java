package gesso.weights;

import gesso.weights.PickleGlobals.Forbidden;
import gesso.weights.Pickled.Global;
import gesso.weights.Pickled.Inert;
import gesso.weights.Pickled.Nothing;
import gesso.weights.Pickled.Storage;
import java.math.BigInteger;
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

    private static final int MAX_LONG = 64; // bytes; Python's own whole numbers have no end
    private static final Object MARK = new Object();

    private final TableInput in;
    private final List<Object> stack = new ArrayList<>();
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
                return pop();
            }
            if (!constant(op) && !text(op) && !container(op) && !memory(op) && !call(op)) {
                throw new Malformed("its table of tensors holds the unknown instruction 0x" + Integer.toHexString(op));
            }
        }
        throw new Malformed("its table of tensors is impossibly long");
    }

    private boolean constant(int op) throws Malformed {
        switch (op) {
            case 0x80 -> protocol(in.u1());
            case 0x95 -> in.little(8); // FRAME: the length is of use to those who read ahead
            case 'N' -> push(Nothing.NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'K' -> push(in.little(1));
            case 'M' -> push(in.little(2));
            case 'J' -> push((long) (int) in.little(4));
            case 'I', 'L' -> push(number(in.line()));
            case 0x8a -> push(integer(in.bytes(in.little(1))));
            case 0x8b -> push(integer(in.bytes(in.little(4))));
            case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.little(8))));
            case 'F' -> push(decimal(in.line()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void protocol(int version) throws Malformed {
        if (version > 5) {
            throw new Malformed("it is written in pickle's version " + version + ", which is unknown");
        }
    }

    private static Object number(String line) throws Malformed {
        // Protocol 0 writes True as 01, False as 00, and an L behind what was a long.
        if (line.equals("01") || line.equals("00")) {
            return line.equals("01");
        }
        try {
            return Long.parseLong(line.endsWith("L") ? line.substring(0, line.length() - 1) : line);
        } catch (NumberFormatException e) {
            throw new Malformed("a number in it cannot be read");
        }
    }

    private static Object decimal(String line) throws Malformed {
        try {
            return Double.parseDouble(line);
        } catch (NumberFormatException e) {
            throw new Malformed("a number in it cannot be read");
        }
    }

    private static Object integer(byte[] little) throws Malformed {
        if (little.length > MAX_LONG) {
            throw new Malformed("a number in it is too large");
        }
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = little[little.length - 1 - i];
        }
        BigInteger value = big.length == 0 ? BigInteger.ZERO : new BigInteger(big);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private boolean text(int op) throws Malformed {
        switch (op) {
            case 'X' -> push(in.text(in.little(4)));
            case 0x8c -> push(in.text(in.little(1)));
            case 0x8d -> push(in.text(in.little(8)));
            case 'V' -> push(in.line());
            case 'S' -> push(unquoted(in.line()));
            case 'U' -> push(new String(in.bytes(in.little(1)), StandardCharsets.ISO_8859_1));
            case 'T' -> push(new String(in.bytes(in.little(4)), StandardCharsets.ISO_8859_1));
            case 'C' -> push(in.bytes(in.little(1)));
            case 'B' -> push(in.bytes(in.little(4)));
            case 0x8e -> push(in.bytes(in.little(8)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String unquoted(String line) throws Malformed {
        if (line.length() < 2 || line.charAt(0) != line.charAt(line.length() - 1)) {
            throw new Malformed("a text in it has no end");
        }
        return line.substring(1, line.length() - 1);
    }

    private boolean container(int op) throws Malformed {
        switch (op) {
            case '(' -> push(MARK);
            case ')', ']' -> push(new ArrayList<>(0));
            case '}' -> push(new LinkedHashMap<>());
            case 0x8f -> push(new Inert());
            case 't', 'l' -> push(marked());
            case 0x85 -> push(last(1));
            case 0x86 -> push(last(2));
            case 0x87 -> push(last(3));
            case 'a' -> append(last(1));
            case 'e' -> append(marked());
            case 'd' -> {
                List<Object> pairs = marked();
                push(new LinkedHashMap<>());
                set(pairs);
            }
            case 's' -> set(last(2));
            case 'u' -> set(marked());
            case 0x90 -> marked(); // items of a set, which is inert
            case 0x91 -> {
                marked();
                push(new Inert());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked") // every list here is made here
    private void append(List<Object> items) throws Malformed {
        if (!(peek() instanceof List<?> list)) {
            throw new Malformed("it appends to what is no list");
        }
        ((List<Object>) list).addAll(items);
    }

    private void set(List<Object> pairs) throws Malformed {
        if (pairs.size() % 2 != 0) {
            throw new Malformed("a table in it has no pairs");
        }
        Object target = peek();
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
            case 'q' -> memo.put(in.little(1), peek());
            case 'r' -> memo.put(in.little(4), peek());
            case 'p' -> memo.put(index(in.line()), peek());
            case 0x94 -> memo.put((long) memo.size(), peek());
            case 'h' -> push(recall(in.little(1)));
            case 'j' -> push(recall(in.little(4)));
            case 'g' -> push(recall(index(in.line())));
            case '0' -> pop();
            case '1' -> marked();
            case '2' -> push(peek());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static long index(String line) throws Malformed {
        return number(line) instanceof Long index ? index : -1;
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
            case 'c' -> push(PickleGlobals.named(in.line(), in.line()));
            case 0x93 -> {
                List<Object> names = last(2);
                if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
                    throw new Malformed("it names a class without a name");
                }
                push(PickleGlobals.named(module, name));
            }
            case 'R', 0x81 -> reduce(last(2));
            case 'b' -> build(pop());
            case 'Q' -> {
                Storage storage = PickleGlobals.storage(pop());
                storages.putIfAbsent(storage.key(), storage);
                push(storage);
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
        push(PickleGlobals.call(call.get(0), arguments));
    }

    /** Gives an object its state; only of inert ones anything is ever asked. */
    private void build(Object state) throws Malformed {
        if (peek() instanceof Inert inert) {
            inert.state = state;
        }
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() throws Malformed {
        Object top = peek();
        stack.remove(stack.size() - 1);
        return top;
    }

    private Object peek() throws Malformed {
        if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
            throw new Malformed("its table of tensors takes what is not there");
        }
        return stack.get(stack.size() - 1);
    }

    private List<Object> last(int count) throws Malformed {
        List<Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(0, pop());
        }
        return values;
    }

    /** What was pushed since the last mark, which is taken off too. */
    private List<Object> marked() throws Malformed {
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
