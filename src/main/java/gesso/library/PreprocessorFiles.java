package gesso.library;

import gesso.image.control.LearnedPreprocessor;
import gesso.image.control.Preprocessor;
import gesso.request.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Preprocessors that are networks: ONNX files in folders called {@code annotators}, and where A1111's ControlNet extension
 * keeps its own. Found by name alone; no file is opened but the notes beside it.
 */
public final class PreprocessorFiles {
    private static final Set<String> CHECKPOINTS = Set.of("stable-diffusion", "checkpoints");
    private static final String EXTENSION = "extensions/sd-webui-controlnet/annotator";

    private final List<Path> folders;
    private final HashCache hashes;
    private final Path usual;

    /** Looks below these model folders, and where A1111's extension keeps such files, whether its program's folder is named or the one of its models. */
    public PreprocessorFiles(ModelFolders models) {
        Set<Path> all = new LinkedHashSet<>(models.folders());
        models.folders().forEach(folder -> beside(folder).forEach(all::add));
        folders = all.stream().filter(Files::isDirectory).toList();
        hashes = models.hashes();
        usual = models.folders().get(0).resolve(NetworkKind.PREPROCESSOR.folder());
    }

    private static Stream<Path> beside(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        String name = String.valueOf(absolute.getFileName()).toLowerCase(Locale.ROOT);
        Path models = CHECKPOINTS.contains(name) ? absolute.getParent() : absolute;
        return models == null || models.getParent() == null
                ? Stream.of(absolute.resolve(EXTENSION))
                : Stream.of(absolute.resolve(EXTENSION), models.resolveSibling(EXTENSION));
    }

    /** All that are there, by name; where two files would have the same name, the second keeps its own. */
    public Map<String, Path> files() {
        Map<String, Path> found = new LinkedHashMap<>();
        for (InstalledModel file : ModelScan.networks(folders, hashes, NetworkKind.PREPROCESSOR)) {
            String name = KnownPreprocessors.name(file.path());
            found.putIfAbsent(found.containsKey(name) ? file.name() : name, file.path());
        }
        return found;
    }

    /**
     * The one of that name, or the first of that kind ({@code depth} for {@code depth_midas}), or with that file's name.
     *
     * @throws BadInput with the nearest names where there is none, and where the notes beside it cannot be understood
     */
    public LearnedPreprocessor find(String wanted) {
        String asked = wanted.strip().toLowerCase(Locale.ROOT);
        Map<String, Path> all = files();
        String name = first(all, n -> n.toLowerCase(Locale.ROOT).equals(asked))
                .or(() -> first(all, n -> stem(all.get(n)).equalsIgnoreCase(asked)))
                .or(() -> first(all, n -> n.toLowerCase(Locale.ROOT).startsWith(asked + "_")))
                .orElseThrow(() -> missing(wanted, all.keySet()));
        Path file = Objects.requireNonNull(all.get(name));
        return new LearnedPreprocessor(name, file, ReadingNotes.beside(file, KnownPreprocessors.reading(name)));
    }

    private static Optional<String> first(Map<String, Path> all, Predicate<String> is) {
        return all.keySet().stream().filter(is).findFirst();
    }

    private static String stem(@Nullable Path file) {
        return file == null ? "" : ModelScan.stem(String.valueOf(file.getFileName()));
    }

    private BadInput missing(String wanted, Set<String> all) {
        List<String> names = new ArrayList<>();
        for (Preprocessor rule : Preprocessor.values()) {
            names.add(rule.label());
        }
        names.addAll(all);
        if (KnownPreprocessors.isKind(wanted)) {
            return new BadInput(
                    "The preprocessor \"%s\" needs a network that is not there; put its .onnx file into %s.%s"
                            .formatted(
                                    wanted,
                                    usual,
                                    wanted.toLowerCase(Locale.ROOT).startsWith("softedge")
                                            ? " Without one there is softedge_gradient."
                                            : ""));
        }
        List<String> near = NearestNames.of(wanted.strip(), names);
        return new BadInput("There is no preprocessor \"%s\"; %s"
                .formatted(
                        wanted,
                        near.isEmpty()
                                ? "there are: " + String.join(", ", names) + "."
                                : "did you mean " + String.join(" or ", near) + "?"));
    }
}
