package gesso.canvas;

import gesso.image.Region;
import gesso.request.Picture;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Changes as bytes, big-endian. Of painted tiles only the new ones are written: what was there before is known to whoever reads
 * the journal from its beginning.
 */
final class ChangeCodec {
    private static final int PAINTED = 1;
    private static final int ADDED = 2;
    private static final int REMOVED = 3;
    private static final int LOOK = 4;
    private static final int ORDER = 5;
    private static final int EXTENT = 6;
    private static final int PARAMETER = 7;
    private static final int SEVERAL = 8;

    private ChangeCodec() {}

    static void write(Change change, DataOutputStream out) throws IOException {
        if (change instanceof Change.Painted c) {
            out.writeByte(PAINTED);
            out.writeInt(c.layer());
            tiles(c.after(), out);
        } else if (change instanceof Change.Presence c && c.added()) {
            out.writeByte(ADDED);
            out.writeInt(c.index());
            layer(c.layer(), out);
        } else if (change instanceof Change.Presence c) {
            out.writeByte(REMOVED);
            out.writeInt(c.index());
        } else if (change instanceof Change.Looks c) {
            out.writeByte(LOOK);
            out.writeInt(c.layer());
            look(c.after(), out);
        } else if (change instanceof Change.Order c) {
            out.writeByte(ORDER);
            out.writeInt(c.from());
            out.writeInt(c.to());
        } else if (change instanceof Change.Extent c) {
            out.writeByte(EXTENT);
            region(c.after().bounds(), out);
            region(c.after().frame(), out);
        } else if (change instanceof Change.Parameter c) {
            out.writeByte(PARAMETER);
            out.writeUTF(c.name());
            out.writeUTF(c.before());
            out.writeUTF(c.after());
        } else if (change instanceof Change.Several c) {
            out.writeByte(SEVERAL);
            out.writeInt(c.changes().size());
            for (Change one : c.changes()) {
                write(one, out);
            }
        }
    }

    /**
     * Reads a change and does it, so that the next one finds the document as it was.
     *
     * @throws IOException where the bytes are none of a change
     */
    static Change readAndApply(DataInputStream in, CanvasDocument document) throws IOException {
        int type = in.readByte();
        if (type == SEVERAL) {
            int count = in.readInt();
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                changes.add(readAndApply(in, document));
            }
            return new Change.Several(List.copyOf(changes));
        }
        Change change = read(type, in, document);
        document.apply(change);
        return change;
    }

    private static Change read(int type, DataInputStream in, CanvasDocument document) throws IOException {
        switch (type) {
            case PAINTED -> {
                Layer layer = layer(document, in.readInt());
                Map<Long, @Nullable Tile> after = tiles(in, layer.kind());
                Map<Long, @Nullable Tile> before = new HashMap<>();
                after.keySet().forEach(key -> before.put(key, layer.tiles().get(key)));
                return new Change.Painted(layer.id(), before, after);
            }
            case ADDED -> {
                int index = in.readInt();
                return new Change.Presence(layer(in), index, true);
            }
            case REMOVED -> {
                int index = in.readInt();
                return new Change.Presence(document.layers().get(index), index, false);
            }
            case LOOK -> {
                Layer layer = layer(document, in.readInt());
                return new Change.Looks(layer.id(), layer.look(), look(in));
            }
            case ORDER -> {
                return new Change.Order(in.readInt(), in.readInt());
            }
            case EXTENT -> {
                return new Change.Extent(document.span(), new Change.Span(region(in), region(in)));
            }
            case PARAMETER -> {
                return new Change.Parameter(in.readUTF(), in.readUTF(), in.readUTF());
            }
            default -> throw new IOException("No change has the number " + type);
        }
    }

    private static Layer layer(CanvasDocument document, int id) throws IOException {
        return document.layer(id).orElseThrow(() -> new IOException("There is no layer " + id));
    }

    private static void layer(Layer layer, DataOutputStream out) throws IOException {
        out.writeInt(layer.id());
        out.writeUTF(layer.kind().name());
        look(layer.look(), out);
        Picture base = layer.base();
        out.writeBoolean(base != null);
        if (base != null) {
            out.writeInt(base.width());
            out.writeInt(base.height());
            colours(base.argb(), out);
        }
        Map<Long, @Nullable Tile> tiles = new HashMap<>(layer.tiles());
        tiles(tiles, out);
    }

    private static LayerKind kind(String name) throws IOException {
        for (LayerKind kind : LayerKind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw new IOException("There is no kind of layer " + name);
    }

    private static Layer layer(DataInputStream in) throws IOException {
        int id = in.readInt();
        LayerKind kind = kind(in.readUTF());
        Look look = look(in);
        Picture base = null;
        if (in.readBoolean()) {
            int width = in.readInt();
            int height = in.readInt();
            base = new Picture(width, height, colours(in, Math.multiplyExact(width, height)));
        }
        Layer layer = new Layer(id, kind, look, base);
        tiles(in, kind).forEach(layer::put);
        return layer;
    }

    private static void look(Look look, DataOutputStream out) throws IOException {
        out.writeUTF(look.name());
        out.writeBoolean(look.visible());
        out.writeDouble(look.opacity());
        out.writeInt(look.x());
        out.writeInt(look.y());
    }

    private static Look look(DataInputStream in) throws IOException {
        return new Look(in.readUTF(), in.readBoolean(), in.readDouble(), in.readInt(), in.readInt());
    }

    private static void region(@Nullable Region region, DataOutputStream out) throws IOException {
        out.writeBoolean(region != null);
        if (region != null) {
            out.writeInt(region.x());
            out.writeInt(region.y());
            out.writeInt(region.width());
            out.writeInt(region.height());
        }
    }

    private static @Nullable Region region(DataInputStream in) throws IOException {
        return in.readBoolean() ? new Region(in.readInt(), in.readInt(), in.readInt(), in.readInt()) : null;
    }

    private static void tiles(Map<Long, @Nullable Tile> tiles, DataOutputStream out) throws IOException {
        out.writeInt(tiles.size());
        for (Map.Entry<Long, @Nullable Tile> entry : tiles.entrySet()) {
            Tile tile = entry.getValue();
            out.writeLong(entry.getKey());
            out.writeBoolean(tile != null);
            if (tile != null && tile.isLevels()) {
                bytes(tile.levels(), out);
            } else if (tile != null) {
                colours(tile.colours(), out);
            }
        }
    }

    private static Map<Long, @Nullable Tile> tiles(DataInputStream in, LayerKind kind) throws IOException {
        int count = in.readInt();
        Map<Long, @Nullable Tile> tiles = new HashMap<>();
        for (int i = 0; i < count; i++) {
            long key = in.readLong();
            Tile tile = null;
            if (in.readBoolean()) {
                tile = kind.isLevels() ? Tile.levels(bytes(in, Tile.PIXELS)) : Tile.colours(colours(in, Tile.PIXELS));
            }
            tiles.put(key, tile);
        }
        return tiles;
    }

    private static void colours(int[] argb, DataOutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, argb.length));
        bytes.asIntBuffer().put(argb);
        bytes(bytes.array(), out);
    }

    private static int[] colours(DataInputStream in, int count) throws IOException {
        int[] argb = new int[count];
        ByteBuffer.wrap(bytes(in, Math.multiplyExact(4, count))).asIntBuffer().get(argb);
        return argb;
    }

    private static void bytes(byte[] raw, DataOutputStream out) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(raw);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 15];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
            out.writeInt(packed.size());
            packed.writeTo(out);
        } finally {
            deflater.end();
        }
    }

    private static byte[] bytes(DataInputStream in, int count) throws IOException {
        byte[] packed = in.readNBytes(in.readInt());
        byte[] raw = new byte[count];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            for (int at = 0; at < count; ) {
                int got = inflater.inflate(raw, at, count - at);
                if (got == 0) {
                    throw new IOException("Pixels are missing");
                }
                at += got;
            }
            return raw;
        } catch (DataFormatException e) {
            throw new IOException(e);
        } finally {
            inflater.end();
        }
    }
}
