package gesso.library;

import gesso.image.metadata.EmbeddingPicture;
import gesso.request.BadInput;
import gesso.weights.SafetensorsFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * LoRAs and embeddings in the folders that programs keep them in: A1111's {@code models/Lora}, {@code models/LyCORIS} and
 * {@code embeddings} beside {@code models}, ComfyUI's {@code loras} and {@code embeddings}, InvokeAI's {@code lora} and
 * {@code embedding}. Found by name alone; what the files call themselves is read only where a name is no file's.
 */
public final class NetworkFolders {
    private static final Set<String> CHECKPOINTS = Set.of("stable-diffusion", "checkpoints");

    private final List<Path> roots;
    private final HashCache hashes;
    private final Aliases aliases;
    private @Nullable List<InstalledModel> loras;

    /**
     * Looks below these folders, and where their programs keep such files beside them.
     *
     * @param aliases what is known of the files' own names already
     */
    public NetworkFolders(List<Path> folders, HashCache hashes, Aliases aliases) {
        Set<Path> all = new LinkedHashSet<>(folders);
        folders.forEach(folder -> all.addAll(beside(folder)));
        this.roots = all.stream().filter(Files::isDirectory).toList();
        this.hashes = hashes;
        this.aliases = aliases;
    }

    /** Whoever points at A1111's or ComfyUI's folder of checkpoints means the whole program's. */
    private static List<Path> beside(Path folder) {
        Path parent = folder.toAbsolutePath().getParent();
        String name = String.valueOf(folder.getFileName()).toLowerCase(Locale.ROOT);
        if (parent == null) {
            return List.of();
        }
        if (name.equals("models")) {
            return List.of(parent.resolve("embeddings"));
        }
        if (!CHECKPOINTS.contains(name)) {
            return List.of();
        }
        List<Path> all = new ArrayList<>();
        for (String kind : List.of("Lora", "LyCORIS", "loras", "embeddings")) {
            all.add(parent.resolve(kind));
        }
        all.add(parent.resolveSibling("embeddings"));
        return all;
    }

    /** The LoRAs, by name. Opens no file. */
    public List<InstalledModel> loras() {
        List<InstalledModel> found = loras;
        if (found == null) {
            found = ModelScan.networks(roots, hashes, NetworkKind.LORA);
            loras = found;
        }
        return found;
    }

    /** The textual inversions, by name. Opens no file. */
    public List<InstalledModel> embeddings() {
        return ModelScan.networks(roots, hashes, NetworkKind.EMBEDDING);
    }

    /**
     * The LoRA of that name: a file's without its ending, or what its maker called it (kohya's {@code ss_output_name}); first as
     * it is written, then whatever its case; a file's also with its sub-folder or its ending.
     */
    public Optional<Path> lora(String name) {
        String wanted = name.strip().replace('\\', '/');
        return first(wanted, String::equals, InstalledModel::name)
                .or(() -> first(wanted, String::equals, aliases::of))
                .or(() -> first(wanted, String::equalsIgnoreCase, InstalledModel::name))
                .or(() -> first(wanted, String::equalsIgnoreCase, aliases::of))
                .or(() -> first(wanted, NetworkFolders::isEnd, NetworkFolders::relative));
    }

    private Optional<Path> first(
            String wanted, BiPredicate<String, String> same, Function<InstalledModel, String> name) {
        return loras().stream()
                .filter(model -> same.test(wanted, name.apply(model)))
                .map(InstalledModel::path)
                .findFirst();
    }

    private static String relative(InstalledModel model) {
        return model.folder().relativize(model.path()).toString().replace('\\', '/');
    }

    private static boolean isEnd(String wanted, String relative) {
        String path = "/" + relative.toLowerCase(Locale.ROOT);
        String end = "/" + wanted.toLowerCase(Locale.ROOT);
        return path.endsWith(end) || ModelScan.stem(path).endsWith(end);
    }

    /** Names near to one that is not there. */
    public List<String> nearest(String name) {
        return NearestNames.of(
                name.strip(), loras().stream().map(InstalledModel::name).toList());
    }

    /** The embeddings that prompts can name; where two have the same name, the first one found counts. */
    public Map<String, Path> embeddingsByName() {
        Map<String, Path> all = new LinkedHashMap<>();
        for (InstalledModel model : embeddings()) {
            aliases.ofEmbedding(model).ifPresent(name -> all.putIfAbsent(name, model.path()));
        }
        return all;
    }

    /** What files of LoRAs call themselves: read once, for as long as they do not change. Thread-safe. */
    public static final class Aliases {
        private final Map<String, String> known = new ConcurrentHashMap<>();

        String of(InstalledModel model) {
            return known.computeIfAbsent(key(model), k -> read(model));
        }

        private static String key(InstalledModel model) {
            return model.path() + "|" + model.size() + "|"
                    + model.path().toFile().lastModified();
        }

        /** A picture's embedding is named within; empty where it holds none. */
        Optional<String> ofEmbedding(InstalledModel model) {
            if (!EmbeddingPicture.isNamed(model.path())) {
                return Optional.of(model.name());
            }
            return Optional.of(known.computeIfAbsent(key(model), k -> readPicture(model)))
                    .filter(name -> !name.isEmpty());
        }

        private static String readPicture(InstalledModel model) {
            try {
                return EmbeddingPicture.read(model.path())
                        .map(json -> Json.readObject(new String(json, StandardCharsets.UTF_8)))
                        .map(table -> table.get("name") instanceof String name && !name.isBlank() ? name : model.name())
                        .orElse("");
            } catch (BadInput e) {
                return "";
            }
        }

        private static String read(InstalledModel model) {
            String file = model.path().toString().toLowerCase(Locale.ROOT);
            if (!file.endsWith(".safetensors")) {
                return model.name();
            }
            try {
                return SafetensorsFile.open(model.path()).metadata().getOrDefault("ss_output_name", model.name());
            } catch (BadInput e) {
                return model.name();
            }
        }
    }
}
