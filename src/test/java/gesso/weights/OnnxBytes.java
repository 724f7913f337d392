package gesso.weights;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes small ONNX files by hand, field by field (onnx.proto's numbers). */
final class OnnxBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    OnnxBytes number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    OnnxBytes bytes(int field, byte[] value) {
        varint(((long) field << 3) | 2);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    OnnxBytes text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    OnnxBytes message(int field, OnnxBytes value) {
        return bytes(field, value.done());
    }

    byte[] done() {
        return out.toByteArray();
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** A weight of 1024 halves in another file. */
    static OnnxBytes external(String name, String location, String offset, String length) {
        return new OnnxBytes()
                .number(1, 1024)
                .number(2, 10)
                .text(8, name)
                .message(13, entry("location", location))
                .message(13, entry("offset", offset))
                .message(13, entry("length", length))
                .number(14, 1);
    }

    private static OnnxBytes entry(String key, String value) {
        return new OnnxBytes().text(1, key).text(2, value);
    }

    /** A model of one operator, y = x + w, with that weight. */
    static byte[] model(OnnxBytes... weights) {
        OnnxBytes graph = new OnnxBytes().message(1, node()).text(2, "g");
        for (OnnxBytes weight : weights) {
            graph.message(5, weight);
        }
        graph.message(11, value("x")).message(12, value("y"));
        return around(graph);
    }

    static OnnxBytes node() {
        return new OnnxBytes().text(1, "x").text(1, "w").text(2, "y").text(4, "Add");
    }

    static byte[] around(OnnxBytes graph) {
        return new OnnxBytes()
                .number(1, 8)
                .message(7, graph)
                .message(8, new OnnxBytes().text(1, "").number(2, 17))
                .done();
    }

    static OnnxBytes value(String name) {
        OnnxBytes shape =
                new OnnxBytes().message(1, new OnnxBytes().text(2, "n")).message(1, new OnnxBytes().number(1, 4));
        OnnxBytes tensor = new OnnxBytes().number(1, 10).message(2, shape);
        return new OnnxBytes().text(1, name).message(2, new OnnxBytes().message(1, tensor));
    }
}
