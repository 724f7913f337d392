package gesso.weights;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Small pipelines as diffusers' save_pretrained writes them, and the same weights as one LDM file. Made from the table of
 * src/test/goldens/forms; every value is computed from its LDM name.
 */
public final class DiffusersFixture {
    /** One tensor in a file of the folder: {@code way} is "=" as it is, "T" the other way round, a digit: that third. */
    private record Tensor(String key, String type, long[] shape, String ldm, String way) {
        long[] ldmShape() {
            long[] other = shape.clone();
            if (way.equals("T")) {
                return new long[] {shape[1], shape[0]};
            }
            if (Character.isDigit(way.charAt(0))) {
                other[0] *= 3;
            }
            return ldm.contains(".attn_1.") && shape.length == 2 ? new long[] {shape[0], shape[1], 1, 1} : other;
        }
    }

    private static final Path RESOURCES = Path.of("src/test/resources/forms");

    private final String name;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, List<Tensor>> files = new LinkedHashMap<>();
    private final Path single;
    private final WeightFile ldm;

    private DiffusersFixture(String name, Path folder) throws IOException {
        this.name = name;
        read(name);
        Map<String, long[]> shapes = new LinkedHashMap<>();
        files.values().forEach(list -> list.forEach(t -> shapes.put(t.ldm, t.ldmShape())));
        single = folder.resolve(name + ".safetensors");
        SyntheticCheckpoint.write(single, shapes, DType.F32);
        ldm = SafetensorsFile.open(single);
    }

    /**
     * A pipeline of the table.
     *
     * @param folder that the LDM file is written into, under the pipeline's name
     */
    public static DiffusersFixture of(String name, Path folder) throws IOException {
        return new DiffusersFixture(name, folder);
    }

    /** The LDM file. */
    public Path single() {
        return single;
    }

    private void read(String name) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Files.newInputStream(RESOURCES.resolve(name.startsWith("onnx") ? "onnx.gz" : "pipelines.gz"))),
                StandardCharsets.UTF_8))) {
            boolean mine = false;
            List<Tensor> file = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("@")) {
                    mine = line.equals("@" + name);
                } else if (mine && line.startsWith("json ")) {
                    String[] parts = line.split(" ", 3);
                    settings.put(parts[1], parts[2]);
                } else if (mine && line.startsWith("weights ")) {
                    file = files.computeIfAbsent(line.substring(8), f -> new ArrayList<>());
                } else if (mine) {
                    String[] p = line.split(" ", 5);
                    long[] shape = Arrays.stream(p[2].split(","))
                            .mapToLong(Long::parseLong)
                            .toArray();
                    file.add(new Tensor(p[0], p[1], shape, p[3], p[4]));
                }
            }
        }
    }

    /** Writes the folder as save_pretrained does. */
    public Path folder(Path folder) throws IOException {
        for (Map.Entry<String, String> json : settings.entrySet()) {
            Path file = folder.resolve(json.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, json.getValue());
        }
        for (Map.Entry<String, List<Tensor>> weights : files.entrySet()) {
            write(folder.resolve(weights.getKey()), weights.getValue(), "");
        }
        return folder;
    }

    /** Writes the folder of ONNX networks: torch's exports, and beside each the weights that they were stripped of. */
    public Path onnxFolder(Path folder) throws IOException {
        for (Map.Entry<String, List<Tensor>> weights : files.entrySet()) {
            Path file = folder.resolve(weights.getKey());
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            int bytes = weights.getValue().stream()
                    .mapToInt(t -> (t.type.equals("F16") ? 2 : 4)
                            * (int) LongStream.of(t.shape).reduce(1, (a, b) -> a * b))
                    .sum();
            ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
            weights.getValue().forEach(t -> put(out, t));
            Files.write(file, out.array());
        }
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(RESOURCES.resolve("onnx.zip")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().startsWith(name + "/")) {
                    Files.write(folder.resolve(entry.getName().substring(name.length() + 1)), zip.readAllBytes());
                }
            }
        }
        return folder;
    }

    /** Writes all networks into one file, each behind its folder's name and a dot; one alone where {@code part} names it. */
    public Path oneFile(Path file, String part) throws IOException {
        List<Tensor> all = new ArrayList<>();
        files.forEach((path, list) -> {
            String component = path.substring(0, path.indexOf('/'));
            String prefix = part.isEmpty() ? component + "." : "";
            if (part.isEmpty() || part.equals(component)) {
                list.forEach(t -> all.add(new Tensor(prefix + t.key, t.type, t.shape, t.ldm, t.way)));
            }
        });
        write(file, all, "");
        return file;
    }

    /** A VAE by itself, under the names that diffusers gave its attention before 0.17. */
    public Path oldVae(Path file) throws IOException {
        List<Tensor> all = Objects.requireNonNull(files.get("vae/diffusion_pytorch_model.safetensors")).stream()
                .map(t -> new Tensor(
                        t.key.replace(".to_q.", ".query.")
                                .replace(".to_k.", ".key.")
                                .replace(".to_v.", ".value.")
                                .replace(".to_out.0.", ".proj_attn."),
                        t.type,
                        t.shape,
                        t.ldm,
                        t.way))
                .toList();
        write(file, all, "");
        return file;
    }

    private void write(Path file, List<Tensor> tensors, String prefix) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        StringBuilder json = new StringBuilder("{");
        long at = 0;
        for (Tensor t : tensors) {
            long end = at + LongStream.of(t.shape).reduce(1, (a, b) -> a * b) * (t.type.equals("F16") ? 2 : 4);
            String shape = LongStream.of(t.shape).mapToObj(Long::toString).collect(Collectors.joining(","));
            json.append(json.length() == 1 ? "" : ",")
                    .append("\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                            .formatted(prefix + t.key, t.type, shape, at, end));
            at = end;
        }
        byte[] header = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(8 + header.length + (int) at).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(header.length).put(header);
        tensors.forEach(t -> put(out, t));
        Files.write(file, out.array());
    }

    private void put(ByteBuffer out, Tensor t) {
        for (float value : values(t)) {
            if (t.type.equals("F16")) {
                out.putShort((short) half(value));
            } else {
                out.putFloat(value);
            }
        }
    }

    private float[] values(Tensor t) {
        Weight weight = Objects.requireNonNull(ldm.weights().get(t.ldm), t.ldm);
        FloatBuffer all = FloatBuffer.allocate((int) weight.elements());
        ldm.read(weight, all);
        float[] whole = all.array();
        if (t.way.equals("T")) {
            int rows = (int) t.shape[0];
            int columns = (int) t.shape[1];
            float[] turned = new float[whole.length];
            for (int i = 0; i < whole.length; i++) {
                turned[i] = whole[(i % columns) * rows + i / columns];
            }
            return turned;
        }
        if (!Character.isDigit(t.way.charAt(0))) {
            return whole;
        }
        int third = Integer.parseInt(t.way);
        return Arrays.copyOfRange(whole, third * whole.length / 3, (third + 1) * whole.length / 3);
    }

    /** Half precision of a value that it holds exactly. */
    private static int half(float value) {
        int bits = Float.floatToRawIntBits(value);
        int exponent = Math.getExponent(value);
        int sign = (bits >>> 16) & 0x8000;
        return exponent < -14
                ? sign | (int) (Math.abs(value) * (1 << 24))
                : sign | ((exponent + 15) << 10) | ((bits >>> 13) & 0x3ff);
    }
}
