package gesso.weights;

import gesso.request.BadInput;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weights in several files, and the table that says which tensor lies in which ({@code *.safetensors.index.json}). */
final class ShardedWeights {
    private static final int LARGEST = 1 << 26;
    private static final int MOST_FILES = 1000;

    private ShardedWeights() {}

    /** @throws BadInput where the table is broken, or a file that it names is not there or is no part of it */
    static WeightFile open(Path table) {
        JoinedWeights all = new JoinedWeights(new FileBytes(table).path(), Faults.name(table), Form.FILE);
        Map<String, WeightFile> shards = new LinkedHashMap<>();
        for (Map.Entry<String, String> place : places(table).entrySet()) {
            String file = place.getValue();
            WeightFile shard = shards.computeIfAbsent(file, f -> shard(table, f));
            Weight weight = shard.weights().get(place.getKey());
            if (weight == null) {
                throw Faults.broken(
                        table, "the tensor " + Faults.quoted(place.getKey()) + " is not in " + Faults.quoted(file));
            }
            all.add(place.getKey(), shard, weight);
        }
        return all;
    }

    private static WeightFile shard(Path table, String file) {
        try {
            Path path = table.resolveSibling(file);
            if (Files.isRegularFile(path)) {
                return WeightFiles.openFile(path);
            }
        } catch (InvalidPathException e) {
            // A name that no file here can have.
        }
        throw Faults.broken(table, "the file " + Faults.quoted(file) + " that it names is not there");
    }

    private static Map<String, String> places(Path table) {
        FileBytes bytes = new FileBytes(table);
        if (bytes.size() > LARGEST) {
            throw Faults.broken(table, "it is far too large for a table of tensors");
        }
        Map<String, String> places = new LinkedHashMap<>();
        try {
            JsonCursor json = new JsonCursor(bytes.read(0, (int) bytes.size()));
            json.object(name -> {
                if (name.equals("weight_map")) {
                    json.object(tensor -> places.put(tensor, shard(json.string())));
                } else {
                    json.skip();
                }
            });
            json.end();
        } catch (Malformed e) {
            throw Faults.broken(table, e.fault());
        }
        if (places.isEmpty() || places.values().stream().distinct().count() > MOST_FILES) {
            throw Faults.broken(table, "it names no tensors, or too many files");
        }
        return places;
    }

    /** Nothing outside the table's own folder is read. */
    private static String shard(String name) throws Malformed {
        boolean plain = name.matches("[^/\\\\:\\x00-\\x1f]{1,200}") && !name.startsWith(".");
        if (!plain || !(name.endsWith(".safetensors") || name.endsWith(".bin"))) {
            throw new Malformed("it sends for " + Faults.quoted(name) + ", which is no file of weights beside it");
        }
        return name;
    }
}
