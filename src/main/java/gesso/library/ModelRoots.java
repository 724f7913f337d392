package gesso.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The folders to search where an artist points at a whole program: A1111's keeps models in {@code models} and
 * {@code embeddings} and an extension's ControlNets in {@code extensions}; ComfyUI's and InvokeAI's in {@code models}, and
 * ComfyUI's {@code extra_model_paths.yaml} names others. Any other folder is searched as it is.
 */
final class ModelRoots {
    private static final long LARGEST = 1 << 16;

    private ModelRoots() {}

    static List<Path> of(Path folder) {
        Path models = folder.resolve("models");
        boolean program = Files.isDirectory(models.resolve("Stable-diffusion"))
                || Files.isDirectory(models.resolve("checkpoints"))
                || Files.isDirectory(models.resolve("sd-1"))
                || Files.isRegularFile(folder.resolve("invokeai.yaml"));
        if (!program || !Files.isDirectory(models)) {
            return List.of(folder);
        }
        Set<Path> all = new LinkedHashSet<>();
        all.add(models);
        for (String beside : List.of("embeddings", "extensions/sd-webui-controlnet/models")) {
            Path path = folder.resolve(beside);
            if (Files.isDirectory(path)) {
                all.add(path);
            }
        }
        all.addAll(extra(folder.resolve("extra_model_paths.yaml")));
        return List.copyOf(all);
    }

    /** ComfyUI's form: sections with a {@code base_path} and, by kind, folders below it, one a line. */
    private static List<Path> extra(Path file) {
        List<Path> found = new ArrayList<>();
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return found;
            }
            Path base = file.resolveSibling("");
            for (String line : Files.readAllLines(file)) {
                String text = line.replaceFirst("(^|\\s)#.*$", "");
                if (text.isBlank()) {
                    continue;
                }
                if (!Character.isWhitespace(text.charAt(0))) {
                    base = file.resolveSibling(""); // another section
                }
                String value = value(text);
                if (text.strip().startsWith("base_path:")) {
                    base = file.resolveSibling("").resolve(home(value));
                } else if (!value.isEmpty() && !text.strip().startsWith("is_default:")) {
                    Path folder = base.resolve(home(value)).normalize();
                    if (Files.isDirectory(folder)) {
                        found.add(folder);
                    }
                }
            }
        } catch (IOException | InvalidPathException e) {
            // As if it were not there: the program's own folder is.
        }
        return found;
    }

    /** What stands behind the name, or the line itself where it is one of several paths of a kind. */
    private static String value(String line) {
        String text = line.strip();
        int colon = text.matches("[A-Za-z_0-9]+:.*") ? text.indexOf(':') : -1;
        String value = text.substring(colon + 1).strip();
        return value.equals("|") ? "" : value.replaceAll("^[\"']|[\"']$", "");
    }

    private static String home(String path) {
        return path.startsWith("~/") || path.toLowerCase(Locale.ROOT).equals("~")
                ? System.getProperty("user.home", ".") + path.substring(1)
                : path;
    }
}
