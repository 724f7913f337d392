package gesso.library;

import gesso.request.BadInput;
import gesso.request.Interrogator;
import gesso.request.WordGroup;
import gesso.request.WordList;
import gesso.weights.ModelInfo;
import gesso.weights.ModelKind;
import gesso.weights.WeightFiles;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The models that turn pictures into words: those that the user has, and the one that ships. */
public final class InterrogationModels {
    /** Where other programs keep them. */
    static final Set<String> FOLDERS = Set.of(
            "blip",
            "clip",
            "clip_vision",
            "clip_interrogator",
            "clip-interrogator",
            "interrogate",
            "deepdanbooru",
            "torch_deepdanbooru",
            "tagger",
            "taggers",
            "wd14",
            "wd14_tagger",
            "taggeronnx");

    private static final int DEEPEST = 6;
    /** What files are called in a folder that has the model's name. */
    private static final Set<String> UNNAMED =
            Set.of("model", "pytorch_model", "open_clip_pytorch_model", "open_clip_model", "model_fp16");

    private final ModelFolders models;
    private final List<WordList> lists;

    /** A model of one kind, and its name as it is shown and asked for. */
    public record Found(String name, Path path, ModelKind kind) {}

    /**
     * Those in the model folders.
     *
     * @param lists words to compare pictures with
     */
    public InterrogationModels(ModelFolders models, List<WordList> lists) {
        this.models = models;
        this.lists = lists;
    }

    /** The folders of word lists: the user's, those beside the model folders (A1111's), Gesso's own. */
    public static List<Path> listFolders(Folders folders, ModelFolders models) {
        List<Path> all = new ArrayList<>();
        all.add(folders.data().resolve("interrogate"));
        models.folders().forEach(folder -> all.add(folder.resolveSibling("interrogate")));
        Folders.assets().ifPresent(assets -> all.add(assets.resolve("interrogate")));
        return all;
    }

    /** All that are there: CLIP models, caption models, taggers; by folder and name. */
    public List<Found> all() {
        Map<Path, Found> found = new LinkedHashMap<>();
        for (Path folder : models.folders()) {
            try {
                Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new Walk(folder, found));
            } catch (IOException e) {
                // A folder that is not there, or whose disk is not: the others count.
            }
        }
        return List.copyOf(found.values());
    }

    /**
     * What interrogates where nothing is said: CLIP and BLIP, as far as they are there; else a tagger; else the checkpoint itself.
     *
     * @throws BadInput where there is nothing
     */
    public Interrogator usual() {
        List<Found> all = all();
        Optional<Path> clip = first(all, ModelKind.CLIP);
        Optional<Path> blip = first(all, ModelKind.CAPTION_MODEL);
        if (clip.isPresent() || blip.isPresent()) {
            return new Interrogator.Clip(clip.orElse(null), blip.orElse(null), lists, Interrogator.Caption.DEFAULT);
        }
        if (first(all, ModelKind.TAGGER).isPresent()) {
            return tagger(null, false);
        }
        for (Path checkpoint : models.defaultModel().stream().toList()) {
            Optional<WordList> known = knownTo(checkpoint);
            if (known.isPresent()) {
                return new Interrogator.Denoising(checkpoint, List.of(known.get()));
            }
        }
        return starter();
    }

    private Interrogator starter() {
        return models.checkpoints().stream()
                .map(InstalledModel::path)
                .flatMap(path -> knownTo(path).stream().map(list -> new Interrogator.Denoising(path, List.of(list))))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        "There is no model that turns pictures into words; put a CLIP model into the folder clip_interrogator and a BLIP model into the folder BLIP in %s."
                                .formatted(models.folders().get(0))));
    }

    /**
     * A tagger.
     *
     * @param threshold null: the tagger's own
     * @throws BadInput where there is none
     */
    public Interrogator tagger(@Nullable Double threshold, boolean alphabetical) {
        Path path = first(all(), ModelKind.TAGGER)
                .orElseThrow(() -> new BadInput(
                        "There is no tagger; put its .onnx file and its selected_tags.csv into the folder taggers in %s."
                                .formatted(models.folders().get(0))));
        return new Interrogator.Tagger(path, threshold, null, alphabetical);
    }

    /**
     * The model that a user names, by the file's path or its name.
     *
     * @throws BadInput where there is none, or it is none that turns pictures into words
     */
    public Interrogator named(String wanted, @Nullable Double threshold, boolean alphabetical) {
        List<Found> all = all();
        Found model = all.stream()
                .filter(f -> f.name().equalsIgnoreCase(wanted.strip()))
                .findFirst()
                .orElseGet(() -> file(wanted, all));
        return switch (model.kind()) {
            case CLIP ->
                new Interrogator.Clip(
                        model.path(),
                        first(all, ModelKind.CAPTION_MODEL).orElse(null),
                        lists,
                        Interrogator.Caption.DEFAULT);
            case CAPTION_MODEL -> new Interrogator.Clip(null, model.path(), lists, Interrogator.Caption.DEFAULT);
            case TAGGER -> new Interrogator.Tagger(model.path(), threshold, null, alphabetical);
            case CHECKPOINT ->
                new Interrogator.Denoising(
                        model.path(),
                        List.of(knownTo(model.path())
                                .orElseThrow(() -> new BadInput(
                                        "%s has no list of the words it knows beside it (%s.words.txt), so it cannot be asked which of them a picture shows."
                                                .formatted(model.name(), model.name())))));
            default ->
                throw new BadInput("%s is of the kind \"%s\", which does not turn pictures into words."
                        .formatted(model.name(), model.kind().label()));
        };
    }

    private Found file(String wanted, List<Found> all) {
        Path path;
        try {
            path = models.resolve(wanted);
        } catch (BadInput e) {
            List<String> names = all.stream().map(Found::name).toList();
            List<String> near = NearestNames.of(wanted.strip(), names);
            throw near.isEmpty()
                    ? new BadInput(
                            "There is no model \"%s\"%s"
                                    .formatted(
                                            wanted,
                                            names.isEmpty()
                                                    ? "."
                                                    : "; there are: "
                                                            + names.stream()
                                                                    .limit(5)
                                                                    .collect(Collectors.joining(", "))
                                                            + "."),
                            e)
                    : new BadInput(
                            "There is no model \"%s\"; did you mean %s?".formatted(wanted, String.join(" or ", near)),
                            e);
        }
        return new Found(name(path), path, kind(path));
    }

    /** The words that a checkpoint is known to know: a list beside it. */
    private static Optional<WordList> knownTo(Path checkpoint) {
        String stem = ModelScan.stem(String.valueOf(checkpoint.getFileName()));
        for (String ending : List.of(".words.txt", ".icons.txt")) {
            Path beside = checkpoint.resolveSibling(stem + ending);
            if (Files.isRegularFile(beside)) {
                WordList list = WordLists.read(beside);
                return list.words().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new WordList("words it knows", WordGroup.TAGS, 5, list.words()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> first(List<Found> all, ModelKind kind) {
        // An .onnx file before DeepDanbooru's .pt, which only says that it cannot be run.
        return all.stream()
                .filter(f -> f.kind() == kind)
                .map(Found::path)
                .min(Comparator.comparing(path -> kind == ModelKind.TAGGER && !isOnnx(path)));
    }

    private static String name(Path path) {
        String stem = ModelScan.stem(String.valueOf(path.getFileName()));
        Path folder = path.getParent() == null ? null : path.getParent().getFileName();
        return UNNAMED.contains(stem.toLowerCase(Locale.ROOT)) && folder != null ? folder.toString() : stem;
    }

    private static boolean isModel(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return List.of(".safetensors", ".bin", ".pth", ".pt", ".onnx").stream().anyMatch(name::endsWith);
    }

    private static boolean isOnnx(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    private static ModelKind kind(Path path) {
        if (isOnnx(path)) {
            return ModelKind.TAGGER;
        }
        return ModelInfo.of(WeightFiles.open(path)).kind();
    }

    /** Finds those that lie below a folder of one of the names. */
    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Map<Path, Found> found;

        Walk(Path root, Map<Path, Found> found) {
            this.root = root;
            this.found = found;
        }

        private boolean inside(Path path) {
            for (Path part : root.relativize(path)) {
                if (FOLDERS.contains(part.toString().toLowerCase(Locale.ROOT))) {
                    return true;
                }
            }
            return root.getFileName() != null
                    && FOLDERS.contains(root.getFileName().toString().toLowerCase(Locale.ROOT));
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes facts) {
            boolean taken = facts.isRegularFile()
                    && isModel(String.valueOf(path.getFileName()))
                    && path.getParent() != null
                    && inside(path.getParent());
            if (taken) {
                add(path);
            }
            return FileVisitResult.CONTINUE;
        }

        private void add(Path path) {
            try {
                ModelKind kind = kind(path);
                if (kind == ModelKind.CLIP || kind == ModelKind.CAPTION_MODEL || kind == ModelKind.TAGGER) {
                    found.putIfAbsent(path, new Found(name(path), path, kind));
                }
            } catch (BadInput e) {
                // A broken one; who names it is told why.
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException fault) {
            return FileVisitResult.CONTINUE;
        }
    }
}
