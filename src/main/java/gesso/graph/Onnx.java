package gesso.graph;

import gesso.weights.OnnxFile;
import gesso.weights.OnnxTensor;

/** The messages of ONNX (onnx.proto) that graphs are made of; field and type numbers are that file's. */
final class Onnx {
    private static final long IR_VERSION = 9;
    private static final long OPSET = 18;
    private static final int EXTERNAL = 1;

    private Onnx() {}

    /** TensorProto.DataType. */
    enum ElementType {
        FLOAT(1),
        INT64(7);

        private final int number;

        ElementType(int number) {
            this.number = number;
        }
    }

    /** A ModelProto around a GraphProto, for ONNX's own operators and ONNX Runtime's. */
    static Proto model(Proto graph) {
        return new Proto()
                .number(1, IR_VERSION)
                .text(2, "gesso")
                .message(7, graph)
                .message(8, new Proto().text(1, "").number(2, OPSET))
                .message(8, new Proto().text(1, "com.microsoft").number(2, 1));
    }

    /** A ModelProto around a graph that holds a foreign one. */
    static Proto model(Proto graph, OnnxFile foreign) {
        Proto model =
                new Proto().number(1, foreign.irVersion()).text(2, "gesso").message(7, graph);
        foreign.opsets().forEach(opset -> model.bytes(8, opset));
        foreign.functions().forEach(function -> model.bytes(25, function));
        return model;
    }

    /** A TensorProto of a foreign network whose values lie in a file. */
    static Proto external(OnnxTensor tensor, String location) {
        Proto proto = new Proto();
        for (long d : tensor.dims()) {
            proto.number(1, d);
        }
        return proto.number(2, tensor.type())
                .text(8, tensor.name())
                .message(13, entry("location", location))
                .message(13, entry("offset", Long.toString(tensor.offset())))
                .message(13, entry("length", Long.toString(tensor.length())))
                .number(14, EXTERNAL);
    }

    /** A TensorProto with its values, in little-endian order. */
    static Proto tensor(String name, ElementType type, byte[] raw, long... shape) {
        return declared(name, type, shape).bytes(9, raw);
    }

    /** A TensorProto whose float32 values lie in a file. */
    static Proto external(String name, String location, long offset, long length, long... shape) {
        return declared(name, ElementType.FLOAT, shape)
                .message(13, entry("location", location))
                .message(13, entry("offset", Long.toString(offset)))
                .message(13, entry("length", Long.toString(length)))
                .number(14, EXTERNAL);
    }

    /** A ValueInfoProto; a dimension is a number, or a name where it may vary. */
    static Proto valueInfo(String name, ElementType type, Object... dims) {
        Proto shape = new Proto();
        for (Object d : dims) {
            shape.message(
                    1,
                    d instanceof Number n ? new Proto().number(1, n.longValue()) : new Proto().text(2, d.toString()));
        }
        Proto tensor = new Proto().number(1, type.number).message(2, shape);
        return new Proto().text(1, name).message(2, new Proto().message(1, tensor));
    }

    private static Proto declared(String name, ElementType type, long... shape) {
        Proto proto = new Proto();
        for (long d : shape) {
            proto.number(1, d);
        }
        return proto.number(2, type.number).text(8, name);
    }

    private static Proto entry(String key, String value) {
        return new Proto().text(1, key).text(2, value);
    }
}
