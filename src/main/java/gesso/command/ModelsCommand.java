package gesso.command;

import gesso.library.InstalledModel;
import gesso.library.Json;
import gesso.library.NetworkKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gesso models}: what is installed, and where models are looked for. */
@Command(
        name = "models",
        description = "What is installed, and where models are looked for.",
        mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {
    private static final List<NetworkKind> NETWORKS = List.of(NetworkKind.LORA, NetworkKind.EMBEDDING);

    @Option(names = "--json", description = "print it as JSON")
    boolean json;

    private final Workshop workshop;
    private final Terminal terminal;

    ModelsCommand(Workshop workshop, Terminal terminal) {
        this.workshop = workshop;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<InstalledModel> models = workshop.models().checkpoints();
        List<Path> folders = workshop.models().folders();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("models", models.stream().map(ModelsCommand::entry).toList());
            for (NetworkKind kind : NETWORKS) {
                List<InstalledModel> found = workshop.models().networks(kind);
                all.put(key(kind), found.stream().map(ModelsCommand::entry).toList());
            }
            all.put("folders", folders.stream().map(Path::toString).toList());
            terminal.print(Json.pretty(all));
            return ExitCode.DONE;
        }
        for (InstalledModel model : models) {
            terminal.print(line(model));
        }
        for (NetworkKind kind : NETWORKS) {
            List<InstalledModel> found = workshop.models().networks(kind);
            if (!found.isEmpty()) {
                terminal.print("\n" + (kind == NetworkKind.LORA ? "LoRAs:" : "Embeddings:"));
                found.forEach(model -> terminal.print(line(model)));
            }
        }
        terminal.print(models.isEmpty() ? "No model is installed. Models are looked for in:" : "\nLooked for in:");
        for (Path folder : folders) {
            terminal.print("  " + folder + (Files.isDirectory(folder) ? "" : " (not there yet)"));
        }
        return ExitCode.DONE;
    }

    private static String key(NetworkKind kind) {
        return kind == NetworkKind.LORA ? "loras" : "embeddings";
    }

    private static String line(InstalledModel model) {
        return "%-32s %9s  %s".formatted(model.name(), Bytes.words(model.size()), model.path());
    }

    private static Map<String, Object> entry(InstalledModel model) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", model.name());
        entry.put("file", model.path().toString());
        entry.put("bytes", model.size());
        if (model.hash() != null) {
            entry.put("sha256", model.hash());
        }
        return entry;
    }
}
