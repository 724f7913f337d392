package gesso.library;

import gesso.image.metadata.EmbeddingPicture;
import gesso.weights.ModelFolder;
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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Walks model folders and their sub-folders, by names, sizes and times alone. */
final class ModelScan {
    private static final int DEEPEST = 12;

    /** Stands for a folder that is one model, where names of files are chosen; no file is named so. */
    private static final String FOLDER = "/";

    /** The same for a folder that is one network of diffusers. */
    private static final String NETWORK = "//";

    /** Sub-folders, as other programs name them, that hold weights which are no checkpoints. */
    private static final Set<String> OTHER_KINDS = Set.of(
            "vae",
            "lora",
            "loras",
            "lycoris",
            "embeddings",
            "embedding",
            "textual_inversion",
            "hypernetworks",
            "hypernetwork",
            "controlnet",
            "control",
            "upscale_models",
            "esrgan",
            "realesrgan",
            "swinir",
            "dat",
            "hat",
            "bsrgan",
            "clip",
            "clip_vision",
            "text_encoder",
            "text_encoders",
            "unet",
            "ipadapter",
            "vae_approx",
            "vae-approx");

    /** ComfyUI's and A1111's folders for small VAEs, and for other things. */
    private static final Set<String> TINY_FOLDERS = Set.of("vae_approx", "vae-approx");

    private ModelScan() {}

    static List<InstalledModel> checkpoints(List<Path> folders, HashCache hashes) {
        return scan(
                folders,
                hashes,
                folder -> !isOther(folder),
                name -> name.equals(FOLDER) || (isWeights(name) && !isVae(name)));
    }

    static List<InstalledModel> vaes(List<Path> folders, HashCache hashes) {
        List<InstalledModel> all = scan(
                folders,
                hashes,
                folder ->
                        !isOther(folder) || NetworkKind.VAE.folders().contains(folder) || TINY_FOLDERS.contains(folder),
                name -> isWeights(name) || NetworkKind.VAE.isNamed(name) || name.equals(NETWORK));
        return all.stream()
                .filter(model -> isVae(model.path().getFileName().toString()) || isIn(NetworkKind.VAE.folders(), model))
                .toList();
    }

    /** The files in folders named for that kind. */
    static List<InstalledModel> networks(List<Path> folders, HashCache hashes, NetworkKind kind) {
        List<InstalledModel> all = scan(
                folders,
                hashes,
                folder -> !isOther(folder) || kind.folders().contains(folder),
                name -> kind.isNamed(name) || name.equals(NETWORK));
        List<InstalledModel> inside =
                all.stream().filter(model -> isIn(kind.folders(), model)).toList();
        return kind == NetworkKind.EMBEDDING ? withoutPreviews(inside) : inside;
    }

    /** A picture beside a file of the same name shows what that one does; of the others each may be an embedding itself. */
    private static List<InstalledModel> withoutPreviews(List<InstalledModel> embeddings) {
        Set<Path> files = embeddings.stream()
                .filter(model -> !EmbeddingPicture.isNamed(model.path()))
                .map(model -> model.path().resolveSibling(model.name()))
                .collect(Collectors.toSet());
        return embeddings.stream()
                .filter(model -> !EmbeddingPicture.isNamed(model.path())
                        || (!model.name().endsWith(".preview")
                                && !files.contains(model.path().resolveSibling(model.name()))))
                .toList();
    }

    private static boolean isOther(String folder) {
        return OTHER_KINDS.contains(folder)
                || NetworkKind.PREPROCESSOR.folders().contains(folder)
                || InterrogationModels.FOLDERS.contains(folder);
    }

    private static boolean isIn(Set<String> names, InstalledModel model) {
        for (Path part : model.folder().getParent() == null
                ? model.path()
                : model.folder().getParent().relativize(model.path())) {
            if (names.contains(part.toString().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** {@code x.vae.safetensors} and {@code x.vae.pt} are A1111's form; {@code vae-ft-mse-….safetensors} is the commonest of all. */
    private static boolean isVae(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.contains(".vae.") || name.startsWith("vae-") || name.startsWith("vae_") || isTiny(name);
    }

    /** TAESD's files, of which the decoder's stands for both halves. */
    private static boolean isTiny(String name) {
        return name.startsWith("tae") && !name.contains("encoder");
    }

    private static List<InstalledModel> scan(
            List<Path> folders, HashCache hashes, Predicate<String> enter, Predicate<String> take) {
        List<InstalledModel> found = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (Path folder : folders) {
            try {
                Files.walkFileTree(
                        folder,
                        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                        DEEPEST,
                        new Walk(folder, hashes, enter, take, model -> {
                            if (seen.add(model.path())) {
                                found.add(model);
                            }
                        }));
            } catch (IOException e) {
                // A folder that is not there, or whose disk is not: the others count.
            }
        }
        found.sort(Comparator.comparing((InstalledModel m) -> m.name().toLowerCase(Locale.ROOT)));
        return found;
    }

    static String stem(String file) {
        int dot = file.lastIndexOf('.');
        return dot <= 0 ? file : file.substring(0, dot);
    }

    private static boolean isWeights(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.endsWith(".safetensors") || name.endsWith(".ckpt") || name.endsWith(".gguf");
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final HashCache hashes;
        private final Predicate<String> enter;
        private final Predicate<String> take;
        private final Consumer<InstalledModel> found;

        Walk(
                Path folder,
                HashCache hashes,
                Predicate<String> enter,
                Predicate<String> take,
                Consumer<InstalledModel> found) {
            this.folder = folder;
            this.hashes = hashes;
            this.enter = enter;
            this.take = take;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes facts) {
            String name = path.getFileName() == null
                    ? ""
                    : path.getFileName().toString().toLowerCase(Locale.ROOT);
            if (!path.equals(folder) && !name.startsWith(".") && ModelFolder.is(path)) {
                // One model, however many files.
                if (take.test(ModelFolder.isWhole(path) ? FOLDER : NETWORK)) {
                    String hash = hashes.cached(path).orElse(null);
                    found.accept(
                            new InstalledModel(ModelFolder.name(path), path, folder, ModelFolder.bytes(path), hash));
                }
                return FileVisitResult.SKIP_SUBTREE;
            }
            boolean inside = path.equals(folder) || (enter.test(name) && !name.startsWith("."));
            return inside ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes facts) {
            String file = path.getFileName().toString();
            if (facts.isRegularFile() && !file.startsWith(".") && take.test(file)) {
                String hash = hashes.cached(
                                path, facts.size(), facts.lastModifiedTime().toMillis())
                        .orElse(null);
                found.accept(new InstalledModel(stem(file), path, folder, facts.size(), hash));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException fault) {
            return FileVisitResult.CONTINUE; // a loop of links, or a folder that may not be read
        }
    }
}
