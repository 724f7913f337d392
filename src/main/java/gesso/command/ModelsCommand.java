package gesso.command;

import gesso.library.HashCache;
import gesso.library.InstalledModel;
import gesso.library.Json;
import gesso.library.LibraryEntry;
import gesso.library.ModelFacts;
import gesso.library.ModelFolders;
import gesso.library.Shelf;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gesso models}: what is installed, and where models are looked for. */
@Command(
        name = "models",
        description = "What is installed, and where models are looked for.",
        mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {
    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "only these: checkpoint, vae, lora, embedding, controlnet, upscaler, interrogator or other; several with commas")
    String kinds = "";

    @Option(names = "--search", paramLabel = "WORDS", description = "only those with these words in name or family")
    String search = "";

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
        List<Shelf> shelves = shelves();
        ModelFolders models = workshop.models();
        Map<Shelf, List<LibraryEntry>> all = new LinkedHashMap<>();
        shelves.forEach(shelf -> all.put(shelf, new ArrayList<>()));
        List<LibraryEntry> entries = workshop.library().list(models).entries();
        workshop.library().look(entries, entry -> {}, new CancelToken());
        for (LibraryEntry entry : entries) {
            LibraryEntry looked = workshop.library().looked(entry);
            List<LibraryEntry> shelf = all.get(looked.shelf());
            if (shelf != null && looked.matches(search)) {
                shelf.add(looked);
            }
        }
        if (json) {
            printJson(all, models.folders());
        } else {
            print(all, models.folders());
        }
        return ExitCode.DONE;
    }

    private List<Shelf> shelves() {
        if (kinds.isBlank()) {
            return List.of(Shelf.values());
        }
        return Arrays.stream(kinds.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .map(ModelsCommand::shelf)
                .distinct()
                .toList();
    }

    private static Shelf shelf(String kind) {
        return Arrays.stream(Shelf.values())
                .filter(shelf -> shelf.id().equals(kind) || (shelf.id() + "s").equals(kind))
                .findFirst()
                .orElseThrow(() -> new BadInput("There is no kind of model \"%s\"; there are: %s."
                        .formatted(
                                kind,
                                Arrays.stream(Shelf.values()).map(Shelf::id).collect(Collectors.joining(", ")))));
    }

    private void printJson(Map<Shelf, List<LibraryEntry>> models, List<Path> folders) {
        Map<String, Object> all = new LinkedHashMap<>();
        models.forEach((shelf, entries) -> all.put(
                shelf == Shelf.CHECKPOINT ? "models" : shelf.id() + "s",
                entries.stream().map(ModelsCommand::entry).toList()));
        all.put("folders", folders.stream().map(Path::toString).toList());
        terminal.print(Json.pretty(all));
    }

    private void print(Map<Shelf, List<LibraryEntry>> models, List<Path> folders) {
        boolean first = true;
        for (Map.Entry<Shelf, List<LibraryEntry>> shelf : models.entrySet()) {
            if (!shelf.getValue().isEmpty()) {
                terminal.print((first ? "" : "\n") + title(shelf.getKey()));
                shelf.getValue().forEach(entry -> terminal.print(line(entry)));
                first = false;
            }
        }
        terminal.print(first ? "No model is installed. Models are looked for in:" : "\nLooked for in:");
        for (Path folder : folders) {
            terminal.print("  " + folder + (Files.isDirectory(folder) ? "" : " (not there yet)"));
        }
    }

    private static String title(Shelf shelf) {
        return switch (shelf) {
            case CHECKPOINT -> "Checkpoints:";
            case VAE -> "VAEs:";
            case LORA -> "LoRAs:";
            case EMBEDDING -> "Embeddings:";
            case CONTROLNET -> "ControlNets:";
            case UPSCALER -> "Upscalers:";
            case PREPROCESSOR -> "Preprocessors:";
            case INTERROGATOR -> "Models that turn pictures into words:";
            case OTHER -> "Others:";
        };
    }

    private static String line(LibraryEntry entry) {
        InstalledModel model = entry.model();
        return "%-32s %9s  %-24s %s".formatted(model.name(), Bytes.words(model.size()), what(entry), model.path());
    }

    private static String what(LibraryEntry entry) {
        ModelFacts facts = entry.facts();
        if (facts == null || facts.kind().equals("unknown")) {
            return facts != null && facts.incomplete() ? "still being copied" : "not readable";
        }
        return facts.architecture().equals("unknown") ? facts.kind() : facts.architecture();
    }

    private static Map<String, Object> entry(LibraryEntry entry) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", entry.name());
        all.put("file", entry.path().toString());
        all.put("bytes", entry.model().size());
        String hash = entry.model().hash();
        if (hash != null) {
            all.put("hash", HashCache.shortened(hash));
            all.put("sha256", hash);
        }
        ModelFacts facts = entry.facts();
        if (facts != null) {
            all.put("kind", facts.kind());
            all.put("architecture", facts.architecture());
            all.put("precision", facts.precision());
            if (facts.incomplete()) {
                all.put("incomplete", true);
            }
            if (!facts.trouble().isEmpty()) {
                all.put("trouble", facts.trouble());
            }
        }
        return all;
    }
}
