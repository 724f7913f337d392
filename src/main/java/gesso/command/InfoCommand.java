package gesso.command;

import gesso.image.metadata.EmbeddingPicture;
import gesso.library.HashCache;
import gesso.library.Json;
import gesso.library.ModelFacts;
import gesso.library.foreign.PictureSettings;
import gesso.request.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gesso info}: a picture's parameters, or what a model file is. */
@Command(
        name = "info",
        description = "A picture's parameters; a model's architecture, form, precision, hash and size.",
        mixinStandardHelpOptions = true)
final class InfoCommand implements Callable<Integer> {
    private static final List<String> MODELS =
            List.of(".safetensors", ".ckpt", ".pt", ".pth", ".bin", ".sft", ".gguf", ".onnx");

    @Parameters(index = "0", paramLabel = "FILE", description = "a picture, a file of weights, or a model's folder")
    Path file = Path.of("");

    @Option(names = "--json", description = "print it as JSON")
    boolean json;

    private final Workshop workshop;
    private final Terminal terminal;

    InfoCommand(Workshop workshop, Terminal terminal) {
        this.workshop = workshop;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!Files.exists(file)) {
            throw new BadInput("There is no file %s.".formatted(file));
        }
        if (Files.isDirectory(file)) {
            if (!workshop.models().isModel(file)) {
                throw new BadInput("%s is a folder, and no model; name a picture, a model file or a model's folder."
                        .formatted(file));
            }
            model();
            return ExitCode.DONE;
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (MODELS.stream().anyMatch(name::endsWith) || isEmbedding()) {
            model();
        } else {
            picture();
        }
        return ExitCode.DONE;
    }

    /** A picture that does not say how it was made may hold an embedding. */
    private boolean isEmbedding() {
        return EmbeddingPicture.isNamed(file)
                && PictureSettings.read(file).isEmpty()
                && EmbeddingPicture.read(file).isPresent();
    }

    private void model() {
        ModelFacts facts = workshop.facts(file);
        String sha256 = workshop.models().hashes().of(file);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("file", file.toString());
        all.put("kind", facts.kind());
        all.put("title", facts.title());
        all.put("architecture", facts.architecture());
        all.put("form", facts.form());
        all.put("precision", facts.precision());
        if (!facts.prediction().isEmpty()) {
            all.put("prediction", facts.prediction());
        }
        all.putAll(workshop.networkFacts(file));
        if (facts.size().width() > 1) {
            all.put("native_size", facts.size().toString());
        }
        all.put("hash", HashCache.shortened(sha256));
        all.put("sha256", sha256);
        workshop.otherHashes(file).forEach(all::put);
        all.put("bytes", workshop.models().bytes(file));
        if (json) {
            terminal.print(Json.pretty(all));
            return;
        }
        all.forEach((key, value) -> terminal.print(
                "%-13s %s".formatted(key.replace('_', ' '), value instanceof Long bytes ? Bytes.words(bytes) : value)));
    }

    private void picture() {
        Optional<PictureSettings> settings = PictureSettings.read(file);
        if (!json) {
            terminal.print(settings.map(s -> s.infotext().text()).orElse(file + " does not say how it was made."));
            return;
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("file", file.toString());
        all.put("kind", "picture");
        all.put("program", settings.map(PictureSettings::program).orElse(null));
        all.put("prompt", settings.map(s -> s.infotext().prompt()).orElse(null));
        all.put(
                "negative_prompt",
                settings.map(s -> s.infotext().negativePrompt()).orElse(null));
        all.put("settings", settings.map(s -> s.infotext().settings()).orElse(Map.of()));
        terminal.print(Json.pretty(all));
    }
}
