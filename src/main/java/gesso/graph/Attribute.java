package gesso.graph;

/** A constant argument of an operator: its name and its AttributeProto. */
record Attribute(String name, Proto proto) {
    // Field and type numbers are onnx.proto's.
    private static final int NAME = 1;
    private static final int FLOAT = 2;
    private static final int INT = 3;
    private static final int STRING = 4;
    private static final int INTS = 8;
    private static final int TYPE = 20;

    static Attribute of(String name, float value) {
        return new Attribute(
                name, new Proto().text(NAME, name).float32(FLOAT, value).number(TYPE, 1));
    }

    static Attribute of(String name, long value) {
        return new Attribute(
                name, new Proto().text(NAME, name).number(INT, value).number(TYPE, 2));
    }

    static Attribute of(String name, String value) {
        return new Attribute(
                name, new Proto().text(NAME, name).text(STRING, value).number(TYPE, 3));
    }

    static Attribute ints(String name, long... values) {
        Proto proto = new Proto().text(NAME, name);
        for (long v : values) {
            proto.number(INTS, v);
        }
        return new Attribute(name, proto.number(TYPE, 7));
    }
}
