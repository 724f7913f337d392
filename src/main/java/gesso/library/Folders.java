package gesso.library;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where Gesso's files live: by the operating system's custom, or all under one folder where {@code GESSO_HOME} (or the
 * system property {@code gesso.home}) names one.
 *
 * @param config settings
 * @param data models, and what else belongs to the user
 * @param cache what can be made again
 * @param pictures finished pictures, unless the settings say otherwise
 */
public record Folders(Path config, Path data, Path cache, Path pictures) {
    /** This user's on this machine. */
    public static Folders standard() {
        return of(
                System.getenv(),
                System.getProperty("os.name", ""),
                Path.of(System.getProperty("user.home", ".")),
                System.getProperty("gesso.home"));
    }

    static Folders of(Map<String, String> env, String os, Path home, @Nullable String property) {
        String own = property == null ? env.getOrDefault("GESSO_HOME", "") : property;
        if (!own.isBlank()) {
            return under(Path.of(own).toAbsolutePath());
        }
        String system = os.toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            Path roaming = path(env, "APPDATA", home.resolve("AppData/Roaming")).resolve("Gesso");
            Path local =
                    path(env, "LOCALAPPDATA", home.resolve("AppData/Local")).resolve("Gesso");
            return new Folders(
                    roaming,
                    local,
                    local.resolve("cache"),
                    home.resolve("Pictures").resolve("Gesso"));
        }
        if (system.startsWith("mac")) {
            Path library = home.resolve("Library");
            Path support = library.resolve("Application Support/Gesso");
            return new Folders(support, support, library.resolve("Caches/Gesso"), home.resolve("Pictures/Gesso"));
        }
        Path config = path(env, "XDG_CONFIG_HOME", home.resolve(".config"));
        return new Folders(
                config.resolve("gesso"),
                path(env, "XDG_DATA_HOME", home.resolve(".local/share")).resolve("gesso"),
                path(env, "XDG_CACHE_HOME", home.resolve(".cache")).resolve("gesso"),
                xdgPictures(config.resolve("user-dirs.dirs"), home).resolve("Gesso"));
    }

    /** Everything under one folder. */
    public static Folders under(Path home) {
        return new Folders(home, home, home.resolve("cache"), home.resolve("pictures"));
    }

    /** The folder that is searched for models even where nothing is configured. */
    public Path models() {
        return data.resolve("models");
    }

    /** The lists that {@code __name__} in a prompt draws from: {@code name.txt}, a line each. */
    public Path wildcards() {
        return data.resolve("wildcards");
    }

    /** The jobs that are not done. */
    public Path queue() {
        return data.resolve("queue");
    }

    /** Where Linux and its like have the user's trash: {@code $XDG_DATA_HOME}, whatever Gesso's own folder is. */
    public static Path trashParent() {
        Path home = Path.of(System.getProperty("user.home", "."));
        return path(System.getenv(), "XDG_DATA_HOME", home.resolve(".local/share"));
    }

    /** The user's presets, a JSON each. */
    public Path presets() {
        return data.resolve("presets");
    }

    /** The presets that ship with Gesso; empty where they are missing. */
    public static Optional<Path> shippedPresets() {
        return assets().map(assets -> assets.toAbsolutePath().resolveSibling("presets"))
                .filter(Files::isDirectory);
    }

    /** The styles, a file of A1111's form. */
    public Path styles() {
        return config.resolve("styles.csv");
    }

    /**
     * What ships with Gesso (starter model, tokenizer data): the system property {@code gesso.assets}, else {@code assets}
     * beside the program or one folder above it. Empty where it is missing.
     */
    public static Optional<Path> assets() {
        String told = System.getProperty("gesso.assets");
        if (told != null) {
            return Optional.of(Path.of(told)).filter(Files::isDirectory);
        }
        try {
            CodeSource source = Folders.class.getProtectionDomain().getCodeSource();
            Path program =
                    source == null ? Path.of("") : Path.of(source.getLocation().toURI());
            Path beside = program.toAbsolutePath().getParent();
            Path above = beside == null ? null : beside.getParent();
            return Stream.of(Optional.ofNullable(beside), Optional.ofNullable(above))
                    .flatMap(Optional::stream)
                    .map(folder -> folder.resolve("assets"))
                    .filter(Files::isDirectory)
                    .findFirst();
        } catch (URISyntaxException e) {
            return Optional.empty(); // a program without a place has nothing beside it
        }
    }

    private static Path path(Map<String, String> env, String name, Path usual) {
        String value = env.getOrDefault(name, "");
        // The XDG rules: a path that is not absolute is to be ignored.
        return value.isBlank() || !Path.of(value).isAbsolute() ? usual : Path.of(value);
    }

    /** The user's own folder of pictures, which has another name in every language. */
    private static Path xdgPictures(Path userDirs, Path home) {
        try {
            for (String line : Files.readAllLines(userDirs)) {
                String value = line.strip();
                if (value.startsWith("XDG_PICTURES_DIR=\"") && value.endsWith("\"")) {
                    String path = value.substring(value.indexOf('"') + 1, value.length() - 1);
                    return path.startsWith("$HOME")
                            ? home.resolve(path.substring("$HOME".length()).replaceFirst("^/+", ""))
                            : Path.of(path);
                }
            }
        } catch (IOException | RuntimeException e) {
            // No such file, or one in another form: the usual name then.
        }
        return home.resolve("Pictures");
    }
}
