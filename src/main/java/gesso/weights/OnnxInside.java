package gesso.weights;

import java.util.Collection;

/** Looks into the operators of a foreign network for what its list of weights does not show: tensors that lie in other files. */
final class OnnxInside {
    private static final int DEEPEST = 8;

    private OnnxInside() {}

    /** A FunctionProto's operators. */
    static void function(OnnxReader in) throws Malformed {
        while (in.next()) {
            if (in.field == 7) {
                node(in.message(), 0);
            }
        }
    }

    /** The names of what a NodeProto gives. */
    static void results(OnnxReader in, Collection<String> names) throws Malformed {
        while (in.next()) {
            if (in.field == 2) {
                names.add(in.text());
            }
        }
    }

    /** A NodeProto's attributes: tensors, and graphs with operators of their own. */
    static void node(OnnxReader in, int depth) throws Malformed {
        if (depth > DEEPEST) {
            throw new Malformed("its operators hold one another too deep");
        }
        while (in.next()) {
            if (in.field == 5) {
                attribute(in.message(), depth);
            }
        }
    }

    private static void attribute(OnnxReader in, int depth) throws Malformed {
        while (in.next()) {
            switch (in.field) {
                case 5, 10 -> tensor(in.message());
                case 6, 11 -> graph(in.message(), depth + 1);
                case 22, 23 -> throw new Malformed("it holds sparse weights, which no model for pictures does");
                default -> {}
            }
        }
    }

    private static void graph(OnnxReader in, int depth) throws Malformed {
        while (in.next()) {
            switch (in.field) {
                case 1 -> node(in.message(), depth);
                case 5 -> tensor(in.message());
                case 15 -> throw new Malformed("it holds sparse weights, which no model for pictures does");
                default -> {}
            }
        }
    }

    private static void tensor(OnnxReader in) throws Malformed {
        while (in.next()) {
            if (in.field == 13 || (in.field == 14 && in.value != 0)) {
                throw new Malformed("one of its operators reads a file of its own");
            }
        }
    }
}
