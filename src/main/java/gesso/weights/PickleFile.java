package gesso.weights;

import gesso.request.BadInput;
import gesso.weights.PickleGlobals.Forbidden;
import gesso.weights.Pickled.Storage;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of torch.save ({@code .ckpt}, {@code .pt}, {@code .pth}, {@code .bin}): a zip archive with one pickle and the values
 * beside it, or, before torch 1.6, five pickles and the values behind them. The pickles are read by {@link Unpickler}, which
 * executes nothing.
 */
public final class PickleFile implements WeightFile {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long LEGACY_VERSION = 1001;

    private final FileBytes file;
    private final StateDict dict;

    private PickleFile(FileBytes file, StateDict dict) {
        this.file = file;
        this.dict = dict;
    }

    /**
     * Reads the table of tensors.
     *
     * @throws BadInput where it is no whole file of torch.save, or holds anything besides plain weights
     */
    public static PickleFile open(Path path) {
        FileBytes file = new FileBytes(path);
        if (file.size() < 4) {
            throw new IncompleteFile(
                    Faults.name(path) + " is empty: it is still being copied, or its download failed.");
        }
        byte[] start = file.read(0, 4);
        try {
            if (start[0] == 'P' && start[1] == 'K') {
                return new PickleFile(file, archive(file));
            }
            if ((start[0] & 0xff) == 0x80) {
                return new PickleFile(file, legacy(file));
            }
        } catch (Malformed e) {
            throw Faults.broken(path, e.fault());
        } catch (Forbidden e) {
            throw new BadInput(
                    "%s holds a part of a program (%s), which Gesso never runs: get the model as .safetensors."
                            .formatted(Faults.name(path), Faults.quoted(String.valueOf(e.getMessage()))));
        }
        throw new BadInput(Faults.name(path) + " is not a file of PyTorch.");
    }

    private static StateDict archive(FileBytes file) throws Malformed, Forbidden {
        Map<String, ZipDirectory.Place> entries = ZipDirectory.read(file);
        String table = entries.keySet().stream()
                .filter(name -> name.equals("data.pkl") || name.endsWith("/data.pkl"))
                .findFirst()
                .orElseThrow(() -> new Malformed("it is an archive without a table of tensors"));
        String root = table.substring(0, table.length() - "data.pkl".length());
        ZipDirectory.Place order = entries.get(root + "byteorder");
        if (order != null && order.length() == 3 && file.read(order.offset(), 1)[0] == 'b') {
            throw new Malformed("its numbers are big-endian, which no model for this kind of machine is");
        }
        try (TableInput in = input(file, entries, table)) {
            return StateDict.of(Unpickler.read(in), storage -> place(entries, root + "data/" + storage.key()));
        }
    }

    private static TableInput input(FileBytes file, Map<String, ZipDirectory.Place> entries, String name)
            throws Malformed {
        ZipDirectory.Place place = place(entries, name);
        return new TableInput(file, place.offset(), place.offset() + place.length());
    }

    private static ZipDirectory.Place place(Map<String, ZipDirectory.Place> entries, String name) throws Malformed {
        ZipDirectory.Place place = entries.get(name);
        if (place == null) {
            throw new Malformed("the values " + Faults.quoted(name) + " are missing");
        }
        if (place.length() < 0) {
            throw new Malformed("it was packed again by another program, or locked");
        }
        return place;
    }

    private static StateDict legacy(FileBytes file) throws Malformed, Forbidden {
        try (TableInput in = new TableInput(file, 0, file.size())) {
            boolean magic = MAGIC.equals(Unpickler.read(in));
            if (!magic || !Long.valueOf(LEGACY_VERSION).equals(Unpickler.read(in))) {
                throw new Malformed("it is a pickle, but not one of PyTorch");
            }
            if (Unpickler.read(in) instanceof Map<?, ?> system && Boolean.FALSE.equals(system.get("little_endian"))) {
                throw new Malformed("its numbers are big-endian, which no model for this kind of machine is");
            }
            Map<String, Storage> storages = new HashMap<>();
            Object root = Unpickler.read(in, storages);
            if (!(Unpickler.read(in) instanceof List<?> keys)) {
                throw new Malformed("it has no list of values");
            }
            Map<String, ZipDirectory.Place> places = places(file, storages, keys, in.position());
            return StateDict.of(root, storage -> place(places, storage.key()));
        }
    }

    /** Where the storages lie: one behind the other in the order of {@code keys}, each behind its count. */
    private static Map<String, ZipDirectory.Place> places(
            FileBytes file, Map<String, Storage> storages, List<?> keys, long start) throws Malformed {
        Map<String, ZipDirectory.Place> places = new HashMap<>();
        long at = start;
        for (Object key : keys) {
            Storage storage = storages.get(String.valueOf(key));
            if (storage == null || storage.type() == null || places.containsKey(storage.key())) {
                throw new Malformed("its list of values is broken");
            }
            if (file.size() - at < 8) {
                throw Faults.incomplete(file.path());
            }
            long count = ByteBuffer.wrap(file.read(at, 8))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
            if (count != storage.count() || count < 0) {
                throw new Malformed("its list of values is broken");
            }
            at += 8;
            if (count > (file.size() - at) / storage.type().bytes()) {
                throw Faults.incomplete(file.path());
            }
            places.put(
                    storage.key(),
                    new ZipDirectory.Place(at, count * storage.type().bytes()));
            at += count * storage.type().bytes();
        }
        return places;
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public Map<String, Weight> weights() {
        return Collections.unmodifiableMap(dict.weights);
    }

    @Override
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(dict.notes);
    }

    @Override
    public void read(Weight weight, FloatBuffer out) {
        Strided view = dict.strided.get(weight.name());
        if (view == null) {
            Values.read(file, weight, out);
        } else {
            view.read(file, out);
        }
    }

    @Override
    public String toString() {
        return file.path().toString();
    }
}
