package gesso.weights;

import gesso.request.BadInput;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A ControlNet in any of its forms as one file of the ControlNet program, whose tensors' names have nothing before them:
 * {@code control_model.} taken off, diffusers' names translated, and, where the file holds only what differs from the UNet that it
 * works with (a control-LoRA's two thin matrices, or a difference), with that UNet's weights put to it as they are read.
 */
public final class ControlWeights implements WeightFile {
    private static final List<String> PREFIXES = List.of("control_model.", "controlnet.", "");
    private static final List<String> COPIED = List.of("time_embed.", "label_emb.", "input_blocks.", "middle_block.");

    private final WeightFile file;
    private final WeightFile base;
    private final Map<String, Weight> weights = new LinkedHashMap<>();
    private final Map<String, Source> sources = new LinkedHashMap<>();

    private ControlWeights(WeightFile file, WeightFile base) {
        this.file = file;
        this.base = base;
    }

    /** One tensor: of one file, or the UNet's and a change of it, which is a sum or the product of two matrices. */
    private record Source(List<Part> sum, List<Weight> product) {}

    private record Part(WeightFile file, Weight weight) {}

    /**
     * The ControlNet.
     *
     * @param base the UNet's file, which a control-LoRA or a difference is taken to belong to
     * @param unet what stands before the UNet's names in it
     * @throws BadInput where a control-LoRA does not fit the UNet
     */
    public static ControlWeights of(WeightFile file, WeightFile base, String unet) {
        ControlWeights all = new ControlWeights(file, base);
        Keys keys = new Keys(file.weights());
        String prefix = PREFIXES.stream()
                .filter(p ->
                        keys.hasPrefix(p + "input_hint_block.") || keys.hasPrefix(p + "controlnet_cond_embedding."))
                .findFirst()
                .orElse("");
        if (keys.hasPrefix(prefix + "controlnet_cond_embedding.")) {
            DiffusersNames.Translation names = DiffusersNames.unet(keys, prefix);
            all.addAll(prefix, name -> translated(name, names));
        } else {
            all.addAll(prefix, name -> name);
        }
        if (isLora(file)) {
            all.lora(unet);
        } else if (keys.has(prefix + "difference")) {
            all.difference(unet);
        }
        return all;
    }

    /** Whether it is a control-LoRA, which holds no more than what differs from a UNet. */
    public static boolean isLora(WeightFile file) {
        return file.weights().containsKey("lora_controlnet");
    }

    /** Whether one model takes many kinds of control images, told by a number (ControlNet-Union); not supported. */
    public static boolean isUnion(WeightFile file) {
        return file.weights().keySet().stream()
                .anyMatch(k -> k.endsWith("task_embedding") || k.contains("control_add_embedding."));
    }

    private static String translated(String name, DiffusersNames.Translation names) {
        int dot = name.lastIndexOf('.');
        String end = dot < 0 ? "" : name.substring(dot);
        String stem = dot < 0 ? name : name.substring(0, dot);
        if (stem.equals("controlnet_cond_embedding.conv_in")) {
            return "input_hint_block.0" + end;
        }
        if (stem.startsWith("controlnet_cond_embedding.blocks.")) {
            return "input_hint_block." + 2 * (1 + number(stem)) + end;
        }
        if (stem.equals("controlnet_mid_block")) {
            return "middle_block_out.0" + end;
        }
        if (stem.startsWith("controlnet_down_blocks.")) {
            return "zero_convs." + number(stem) + ".0" + end;
        }
        return names.of(name);
    }

    private static int number(String stem) {
        String digits = stem.substring(stem.lastIndexOf('.') + 1);
        return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : 999;
    }

    private interface Renaming {
        String of(String name);
    }

    private void addAll(String prefix, Renaming names) {
        int last = 0;
        while (file.weights().containsKey(prefix + "controlnet_cond_embedding.blocks." + last + ".weight")) {
            last++;
        }
        String out = "input_hint_block." + 2 * (1 + last);
        file.weights().forEach((key, weight) -> {
            if (key.startsWith(prefix)) {
                String name = key.substring(prefix.length());
                boolean end = name.startsWith("controlnet_cond_embedding.conv_out.");
                add(end ? out + name.substring(name.lastIndexOf('.')) : names.of(name), file, weight);
            }
        });
    }

    private void add(String name, WeightFile from, Weight weight) {
        weights.put(name, new Weight(name, weight.type(), weight.shape(), weight.offset(), weight.length()));
        sources.put(name, new Source(List.of(new Part(from, weight)), List.of()));
    }

    /** A tensor that is made as it is read. */
    private void made(String name, long[] shape, Source source) {
        long bytes = Arrays.stream(shape).reduce(4, (a, b) -> a * b);
        weights.put(name, new Weight(name, DType.F32, shape, -1, bytes));
        sources.put(name, source);
    }

    private void lora(String unet) {
        base.weights().forEach((key, weight) -> {
            String name = key.startsWith(unet) ? key.substring(unet.length()) : "";
            if (weights.containsKey(name) || COPIED.stream().noneMatch(name::startsWith)) {
                return;
            }
            String stem = name.substring(0, Math.max(name.lastIndexOf('.'), 0));
            Weight up = weights.get(stem + ".up");
            Weight down = weights.get(stem + ".down");
            if (!name.endsWith(".weight") || up == null || down == null) {
                add(name, base, weight);
                return;
            }
            long rank = up.elements() / Math.max(up.shape()[0], 1);
            if (up.shape()[0] != weight.shape()[0]
                    || down.shape()[0] != rank
                    || up.shape()[0] * (down.elements() / Math.max(rank, 1)) != weight.elements()) {
                throw doesNotFit();
            }
            Weight first = own(stem + ".up");
            Weight second = own(stem + ".down");
            made(name, weight.shape(), new Source(List.of(new Part(base, weight)), List.of(first, second)));
        });
        if (!weights.containsKey("input_blocks.0.0.weight")) {
            throw doesNotFit();
        }
    }

    private Weight own(String name) {
        Source source = sources.get(name);
        if (source == null) {
            throw new IllegalStateException(name);
        }
        return source.sum.get(0).weight;
    }

    private void difference(String unet) {
        for (String name : List.copyOf(weights.keySet())) {
            Weight of = base.weights().get(unet + name);
            if (of == null) {
                continue;
            }
            Weight change = own(name);
            if (!Arrays.equals(of.shape(), change.shape())) {
                throw doesNotFit();
            }
            made(name, of.shape(), new Source(List.of(new Part(base, of), new Part(file, change)), List.of()));
        }
    }

    private BadInput doesNotFit() {
        return new BadInput(
                "The ControlNet %s holds only what differs from the model that it was made for, and %s is none like it."
                        .formatted(file.name(), base.name()));
    }

    @Override
    public void read(Weight weight, FloatBuffer out) {
        Source source = sources.get(weight.name());
        if (source == null) {
            throw new IllegalStateException(weight.name());
        }
        Part first = source.sum.get(0);
        if (source.sum.size() == 1 && source.product.isEmpty()) {
            first.file.read(first.weight, out);
            return;
        }
        float[] sum = values(first.file, first.weight);
        if (!source.product.isEmpty()) {
            addProduct(sum, source.product.get(0), source.product.get(1));
        }
        for (Part part : source.sum.subList(1, source.sum.size())) {
            float[] more = values(part.file, part.weight);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += more[i];
            }
        }
        out.put(sum);
    }

    /** sum [o, i] += up [o, r] · down [r, i]. */
    private void addProduct(float[] sum, Weight up, Weight down) {
        float[] u = values(file, up);
        float[] d = values(file, down);
        int rank = (int) down.shape()[0];
        int columns = rank == 0 ? 0 : d.length / rank;
        for (int o = 0; o * rank < u.length && columns > 0; o++) {
            for (int r = 0; r < rank; r++) {
                float factor = u[o * rank + r];
                for (int i = 0; i < columns; i++) {
                    sum[o * columns + i] += factor * d[r * columns + i];
                }
            }
        }
    }

    private static float[] values(WeightFile from, Weight weight) {
        float[] values = new float[Math.toIntExact(weight.elements())];
        from.read(weight, FloatBuffer.wrap(values));
        return values;
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public Path path(Weight weight) {
        Source source = sources.get(weight.name());
        return source == null ? file.path() : source.sum.get(0).file.path(source.sum.get(0).weight);
    }

    @Override
    public List<Path> files() {
        boolean alone = sources.values().stream().flatMap(s -> s.sum.stream()).noneMatch(p -> p.file == base);
        return alone
                ? file.files()
                : Stream.concat(file.files().stream(), base.files().stream())
                        .distinct()
                        .toList();
    }

    @Override
    public Form form() {
        return file.form();
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public Map<String, Weight> weights() {
        return Collections.unmodifiableMap(weights);
    }

    @Override
    public Map<String, String> metadata() {
        return file.metadata();
    }
}
