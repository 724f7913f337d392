package gesso.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Reads a tensor that lies in its file as it is: piece by piece, so that no tensor is ever in memory twice. */
final class Values {
    private static final int PIECE = 1 << 17; // bytes: piece and floats together stay in a core's own cache

    private Values() {}

    static void read(FileBytes file, Weight weight, FloatBuffer out) {
        if (out.remaining() < weight.elements()) {
            throw new IllegalArgumentException(weight + " does not fit in " + out.remaining() + " floats");
        }
        DType type = weight.type();
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE - PIECE % type.bytes(), weight.length()));
        float[] floats = new float[piece.capacity() / type.bytes() * type.blockElements()];
        try (FileBytes.Reading reading = file.reading()) {
            for (long at = 0; at < weight.length(); at += piece.capacity()) {
                piece.clear().limit((int) Math.min(piece.capacity(), weight.length() - at));
                reading.fill(piece, weight.offset() + at);
                out.put(floats, 0, FloatDecoder.decode(type, piece, floats));
            }
        }
    }
}
