package gesso.weights;

import gesso.weights.Pickled.Global;
import gesso.weights.Pickled.Inert;
import gesso.weights.Pickled.Storage;
import gesso.weights.Pickled.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The classes and functions that a file of weights may name, and what stands for them here. Python would load and run whatever
 * is named; here a name outside this list ends the reading, and one inside it is a few lines of this class.
 */
final class PickleGlobals {
    /** A file names something that only running it could give. */
    static final class Forbidden extends Exception {
        Forbidden(String name) {
            super(name);
        }
    }

    private static final Map<String, DType> STORAGES = Map.ofEntries(
            Map.entry("DoubleStorage", DType.F64),
            Map.entry("FloatStorage", DType.F32),
            Map.entry("HalfStorage", DType.F16),
            Map.entry("BFloat16Storage", DType.BF16),
            Map.entry("LongStorage", DType.I64),
            Map.entry("IntStorage", DType.I32),
            Map.entry("ShortStorage", DType.I16),
            Map.entry("CharStorage", DType.I8),
            Map.entry("ByteStorage", DType.U8),
            Map.entry("BoolStorage", DType.BOOL));

    private static final Map<String, DType> TYPES = Map.ofEntries(
            Map.entry("float64", DType.F64),
            Map.entry("float32", DType.F32),
            Map.entry("float16", DType.F16),
            Map.entry("bfloat16", DType.BF16),
            Map.entry("float8_e4m3fn", DType.F8_E4M3),
            Map.entry("float8_e5m2", DType.F8_E5M2),
            Map.entry("int64", DType.I64),
            Map.entry("int32", DType.I32),
            Map.entry("int16", DType.I16),
            Map.entry("int8", DType.I8),
            Map.entry("uint64", DType.U64),
            Map.entry("uint32", DType.U32),
            Map.entry("uint16", DType.U16),
            Map.entry("uint8", DType.U8),
            Map.entry("bool", DType.BOOL));

    /** Found in real checkpoints beside the weights (after A1111's list); their objects are kept as nothing. */
    private static final Set<String> INERT = Set.of(
            "torch.Size",
            "torch.device",
            "torch.nn.modules.container.ParameterDict",
            "numpy.core.multiarray.scalar",
            "numpy.core.multiarray._reconstruct",
            "numpy._core.multiarray.scalar",
            "numpy._core.multiarray._reconstruct",
            "numpy.dtype",
            "numpy.ndarray",
            "_codecs.encode",
            "__builtin__.set",
            "builtins.set",
            "argparse.Namespace",
            "pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint",
            "pytorch_lightning.callbacks.ModelCheckpoint",
            "pytorch_lightning.utilities.parsing.AttributeDict");

    private static final String DICT = "collections.OrderedDict";
    private static final String UTILS = "torch._utils.";
    private static final Set<String> BUILDERS = Set.of(
            UTILS + "_rebuild_tensor",
            UTILS + "_rebuild_tensor_v2",
            UTILS + "_rebuild_tensor_v3",
            UTILS + "_rebuild_parameter",
            UTILS + "_rebuild_parameter_with_state",
            "torch._tensor._rebuild_from_type_v2");

    private PickleGlobals() {}

    static Global named(String module, String name) throws Forbidden {
        Global global = new Global(module, name);
        String full = global.toString();
        boolean torch = module.equals("torch") && (STORAGES.containsKey(name) || TYPES.containsKey(name));
        boolean untyped = full.equals("torch.storage.UntypedStorage") || full.equals("torch.UntypedStorage");
        if (!torch && !untyped && !full.equals(DICT) && !BUILDERS.contains(full) && !INERT.contains(full)) {
            throw new Forbidden(full);
        }
        return global;
    }

    /** What calling {@code function} with those arguments stands for. */
    static Object call(Object function, List<?> arguments) throws Malformed {
        if (!(function instanceof Global global)) {
            throw new Malformed("it calls what is no function");
        }
        String name = global.toString();
        if (name.equals(DICT)) {
            return table(arguments);
        }
        return BUILDERS.contains(name) ? tensor(name, arguments) : new Inert();
    }

    private static Map<Object, Object> table(List<?> arguments) throws Malformed {
        Map<Object, Object> table = new LinkedHashMap<>();
        if (!arguments.isEmpty()) {
            for (Object pair : list(arguments, 0)) {
                if (!(pair instanceof List<?> p) || p.size() != 2) {
                    throw new Malformed("a table in it has no pairs");
                }
                Unpickler.put(table, p.get(0), p.get(1));
            }
        }
        return table;
    }

    private static Object tensor(String builder, List<?> arguments) throws Malformed {
        if (builder.startsWith(UTILS + "_rebuild_parameter")) {
            return argument(arguments, 0, Tensor.class);
        }
        if (builder.endsWith("_rebuild_from_type_v2")) {
            return call(argument(arguments, 0, Global.class), list(arguments, 2));
        }
        Storage storage = argument(arguments, 0, Storage.class);
        DType type = builder.endsWith("_v3") ? type(argument(arguments, 6, Global.class)) : storage.type();
        if (type == null) {
            throw new Malformed("a tensor in it has no type");
        }
        return new Tensor(
                storage,
                type,
                argument(arguments, 1, Long.class),
                longs(list(arguments, 2)),
                longs(list(arguments, 3)));
    }

    private static DType type(Global global) throws Malformed {
        DType type = global.module().equals("torch") ? TYPES.get(global.name()) : null;
        if (type == null) {
            throw new Malformed("a tensor in it has no type");
        }
        return type;
    }

    /** The storage that a persistent id stands for: ("storage", class, key, device, count). */
    static Storage storage(Object id) throws Malformed {
        if (!(id instanceof List<?> parts) || parts.size() < 5 || !"storage".equals(parts.get(0))) {
            throw new Malformed("it points at something that is no storage");
        }
        if (parts.size() > 5 && parts.get(5) != Pickled.Nothing.NONE) {
            throw new Malformed("it uses views of storages, which only very old programs wrote");
        }
        Global kind = argument(parts, 1, Global.class);
        DType type = kind.module().equals("torch") ? STORAGES.get(kind.name()) : null;
        if (type == null && !kind.name().equals("UntypedStorage")) {
            throw new Malformed("it points at something that is no storage");
        }
        return new Storage(type, argument(parts, 2, String.class), argument(parts, 4, Long.class));
    }

    private static <T> T argument(List<?> arguments, int index, Class<T> type) throws Malformed {
        if (index < arguments.size() && type.isInstance(arguments.get(index))) {
            return type.cast(arguments.get(index));
        }
        throw new Malformed("a call in it has wrong arguments");
    }

    private static List<?> list(List<?> arguments, int index) throws Malformed {
        return argument(arguments, index, List.class);
    }

    private static long[] longs(List<?> values) throws Malformed {
        if (values.size() > 16) {
            throw new Malformed("a tensor in it has more than 16 dimensions");
        }
        long[] longs = new long[values.size()];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = argument(values, i, Long.class);
        }
        return longs;
    }
}
