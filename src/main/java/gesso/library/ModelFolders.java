package gesso.library;

import gesso.image.PixelUpscaler;
import gesso.image.metadata.ModelFinder;
import gesso.request.BadInput;
import gesso.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The folders that models are looked for in, with all their sub-folders: those of the settings, Gesso's own, and the one
 * that ships with it, in this order. Where two models have the same name, the first one found counts.
 */
public final class ModelFolders implements ModelFinder {
    /** The model that ships with Gesso. */
    static final String STARTER = "gesso-starter";

    private static final int SHORTEST_HASH = 8;

    private final List<Path> folders;
    private final HashCache hashes;
    private final @Nullable Path lastModel;

    /** Looks into exactly these. */
    public ModelFolders(List<Path> folders, HashCache hashes, @Nullable Path lastModel) {
        Set<Path> once = new LinkedHashSet<>();
        folders.forEach(
                folder -> once.addAll(ModelRoots.of(folder.toAbsolutePath().normalize())));
        this.folders = List.copyOf(once);
        this.hashes = hashes;
        this.lastModel = lastModel;
    }

    /** The user's. */
    public static ModelFolders of(Settings settings, Folders folders) {
        List<Path> all = new ArrayList<>(settings.modelFolders());
        all.add(folders.models());
        Folders.assets().ifPresent(assets -> all.add(assets.resolve("models")));
        return new ModelFolders(all, new HashCache(folders.cache()), settings.lastModel());
    }

    /** Where models are looked for, whether the folder exists or not. */
    public List<Path> folders() {
        return folders;
    }

    public HashCache hashes() {
        return hashes;
    }

    /** The checkpoints, by name. Opens no file: thousands take a fraction of a second. */
    public List<InstalledModel> checkpoints() {
        return ModelScan.checkpoints(folders, hashes);
    }

    /** The VAEs, by name: files in a folder called VAE, or with "vae" in their names. */
    public List<InstalledModel> vaes() {
        return ModelScan.vaes(folders, hashes);
    }

    /** What goes with a checkpoint, by name: the files in folders that are named for their kind. */
    public List<InstalledModel> networks(NetworkKind kind) {
        return ModelScan.networks(folders, hashes, kind);
    }

    /**
     * The networks and embeddings that prompts can name.
     *
     * @param aliases what is known of the files' own names already
     */
    public NetworkFolders named(NetworkFolders.Aliases aliases) {
        return new NetworkFolders(folders, hashes, aliases);
    }

    /**
     * The checkpoint that a user means.
     *
     * @param wanted a file's path; or a name, with or without its ending, its sub-folder or its hash
     *     ({@code name [0123456789]}); or a hash
     * @throws BadInput with the nearest names where there is none
     */
    public Path resolve(String wanted) {
        Optional<Path> file = file(wanted);
        if (file.isPresent()) {
            return file.get();
        }
        List<InstalledModel> models = checkpoints();
        return find(models, wanted.strip()).orElseThrow(() -> missing("model", wanted, models));
    }

    /** The VAE that a user means, as in {@link #resolve}. @throws BadInput with the nearest names where there is none */
    public Path resolveVae(String wanted) {
        Optional<Path> file = file(wanted);
        if (file.isPresent()) {
            return file.get();
        }
        List<InstalledModel> models = vaes();
        return find(models, wanted.strip()).orElseThrow(() -> missing("VAE", wanted, models));
    }

    /** What makes pictures larger, as lists show it: those that need no file, then the files' names. */
    public List<String> upscalers() {
        List<String> names = new ArrayList<>();
        names.add(PixelUpscaler.NONE.label());
        names.add(PixelUpscaler.LANCZOS.label());
        names.add(PixelUpscaler.NEAREST.label());
        networks(NetworkKind.UPSCALER).forEach(model -> names.add(model.name()));
        return names;
    }

    /**
     * The file of an upscaler that needs one.
     *
     * @param wanted as in {@link #resolve}
     * @throws BadInput with the nearest names where there is none
     */
    public Path upscaler(String wanted) {
        return file(wanted)
                .or(() -> find(networks(NetworkKind.UPSCALER), wanted.strip()))
                .orElseThrow(() ->
                        new BadInput("There is no upscaler \"%s\"; %s".formatted(wanted, hint(wanted, upscalers()))));
    }

    private static String hint(String wanted, List<String> names) {
        List<String> near = NearestNames.of(wanted.strip(), names);
        return near.isEmpty()
                ? "there are: " + String.join(", ", names) + "."
                : "did you mean " + String.join(" or ", near) + "?";
    }

    /** The same for what goes with a checkpoint. */
    public Path resolve(NetworkKind kind, String wanted) {
        Optional<Path> file = file(wanted);
        if (file.isPresent()) {
            return file.get();
        }
        List<InstalledModel> all = networks(kind);
        return find(all, wanted.strip()).orElseThrow(() -> missing(kind.folder(), wanted, all));
    }

    /** The model to start with: the last one used, else the starter, else the first there is. */
    public Optional<Path> defaultModel() {
        if (lastModel != null && isModel(lastModel)) {
            return Optional.of(lastModel);
        }
        List<InstalledModel> models = checkpoints();
        return find(models, STARTER).or(() -> models.stream().findFirst().map(InstalledModel::path));
    }

    @Override
    public Optional<Path> checkpoint(String name, String hash) {
        return byHashThenName(checkpoints(), name, hash);
    }

    @Override
    public Optional<Path> vae(String name, String hash) {
        return byHashThenName(vaes(), name, hash);
    }

    @Override
    public Optional<Path> controlNet(String name) {
        return find(networks(NetworkKind.CONTROLNET), name);
    }

    private static Optional<Path> byHashThenName(List<InstalledModel> models, String name, String hash) {
        Optional<Path> same = hash.length() < SHORTEST_HASH ? Optional.empty() : byHash(models, hash);
        return same.isPresent() || name.isEmpty() ? same : find(models, name);
    }

    /** Whether a path leads to a file, or to a folder that is one model. */
    public boolean isModel(Path path) {
        return Files.isRegularFile(path) || (Files.isDirectory(path) && ModelFolder.is(path));
    }

    /** The size of a model's file, or of all its files. @throws BadInput where it is not there */
    public long bytes(Path model) {
        try {
            return Files.isDirectory(model) ? ModelFolder.bytes(model) : Files.size(model);
        } catch (IOException e) {
            throw new BadInput("%s cannot be read; see whether it is still there.".formatted(model), e);
        }
    }

    private Optional<Path> file(String wanted) {
        try {
            Path path = Path.of(wanted);
            return isModel(path) ? Optional.of(path.toAbsolutePath()) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> find(List<InstalledModel> models, String wanted) {
        String name = wanted.replaceFirst("\\s*\\[[0-9a-fA-F]{8,64}\\]$", "")
                .replace('\\', '/')
                .toLowerCase(Locale.ROOT);
        for (InstalledModel model : models) {
            String relative = model.folder()
                    .relativize(model.path())
                    .toString()
                    .replace('\\', '/')
                    .toLowerCase(Locale.ROOT);
            String file = model.path().getFileName().toString().toLowerCase(Locale.ROOT);
            boolean same = name.equals(model.name().toLowerCase(Locale.ROOT))
                    || name.equals(file)
                    || name.equals(relative)
                    || name.equals(ModelScan.stem(relative));
            if (same) {
                return Optional.of(model.path());
            }
        }
        return wanted.matches("[0-9a-fA-F]{8,64}") ? byHash(models, wanted) : Optional.empty();
    }

    private static Optional<Path> byHash(List<InstalledModel> models, String hash) {
        String wanted = hash.toLowerCase(Locale.ROOT);
        return models.stream()
                .filter(model -> model.hash() != null && model.hash().startsWith(wanted))
                .map(InstalledModel::path)
                .findFirst();
    }

    private BadInput missing(String kind, String wanted, List<InstalledModel> models) {
        List<String> near = NearestNames.of(
                wanted.strip(), models.stream().map(InstalledModel::name).toList());
        String hint;
        if (!near.isEmpty()) {
            hint = "did you mean " + String.join(" or ", near) + "?";
        } else if (models.isEmpty()) {
            hint = "no %s is installed; put one into %s.".formatted(kind, folders.get(0));
        } else {
            hint = "there are: "
                    + models.stream().limit(5).map(InstalledModel::name).collect(Collectors.joining(", "))
                    + (models.size() > 5 ? " and " + (models.size() - 5) + " more." : ".");
        }
        return new BadInput("There is no %s \"%s\"; %s".formatted(kind, wanted, hint));
    }
}
