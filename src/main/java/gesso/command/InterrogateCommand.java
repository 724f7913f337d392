package gesso.command;

import gesso.image.PictureFiles;
import gesso.job.Job;
import gesso.job.JobEvent;
import gesso.job.JobQueue;
import gesso.library.InterrogationModels;
import gesso.library.Json;
import gesso.request.BadInput;
import gesso.request.Interrogation;
import gesso.request.InterrogationRequest;
import gesso.request.Interrogator;
import gesso.request.InvalidRequest;
import gesso.request.ScoredWord;
import gesso.request.WordGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gesso interrogate}: the words that go with a picture. */
@Command(
        name = "interrogate",
        description = "Says in words what a picture shows: the prompt they make, then the words with their scores.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class InterrogateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "a picture")
    Path file = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "a CLIP or BLIP model, a tagger, or a checkpoint with its word list (CLIP and BLIP where they are)")
    @Nullable
    String model;

    @Option(names = "--tags", description = "by a tagger")
    boolean tags;

    @Option(names = "--threshold", paramLabel = "X", description = "tags from this score on, 0 to 1 (the tagger's own)")
    @Nullable
    Double threshold;

    @Option(names = "--alphabetical", description = "tags by name, not by score")
    boolean alphabetical;

    @Option(names = "--lists", paramLabel = "FOLDER", description = "word lists in place of the usual ones")
    @Nullable
    Path lists;

    @Option(names = "--device", paramLabel = "NAME", description = "auto, cuda, cpu …; gesso devices lists them (auto)")
    String device = "auto";

    @Option(names = "--json", description = "print it as JSON")
    boolean json;

    @Option(names = "--quiet", description = "no progress")
    boolean quiet;

    private final Workshop workshop;
    private final Terminal terminal;

    InterrogateCommand(Workshop workshop, Terminal terminal) {
        this.workshop = workshop;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        InterrogationRequest request = new InterrogationRequest(PictureFiles.read(file, terminal::say), interrogator());
        Progress progress = new Progress(terminal, !quiet);
        CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        try (JobQueue queue = workshop.queue(device, picture -> file, id -> {}, terminal::say)) {
            queue.addListener(event -> {
                progress.show(event);
                accept(event, exitCode);
            });
            Job job = queue.submit(request);
            return Interruption.guard(queue, () -> queue.cancel(job), exitCode::join);
        }
    }

    private Interrogator interrogator() {
        if (lists != null && !Files.isDirectory(lists)) {
            throw new BadInput("There is no folder %s.".formatted(lists));
        }
        InterrogationModels models = workshop.interrogation(lists);
        if (model != null) {
            return models.named(model, threshold, alphabetical);
        }
        if (tags) {
            return models.tagger(threshold, alphabetical);
        }
        if (threshold != null || alphabetical) {
            throw new InvalidRequest("threshold", "--threshold and --alphabetical belong to --tags.");
        }
        return models.usual();
    }

    private void accept(JobEvent event, CompletableFuture<Integer> exitCode) {
        if (event instanceof JobEvent.Interrogated found) {
            print(found.words());
        } else if (event instanceof JobEvent.Notice notice) {
            terminal.say(notice.sentence());
        } else if (event instanceof JobEvent.Failed failed) {
            terminal.say(failed.sentence());
            exitCode.complete(ExitCode.of(failed.cause()));
        } else if (event instanceof JobEvent.Cancelled) {
            terminal.say("Cancelled.");
            exitCode.complete(ExitCode.CANCELLED);
        } else if (event instanceof JobEvent.Done) {
            exitCode.complete(ExitCode.DONE);
        }
    }

    private void print(Interrogation found) {
        if (json) {
            terminal.print(Json.pretty(asJson(found)));
            return;
        }
        found.notices().forEach(terminal::say);
        terminal.print(found.prompt());
        for (WordGroup group : WordGroup.values()) {
            List<ScoredWord> words = found.of(group);
            if (!words.isEmpty()) {
                terminal.print("");
                terminal.print(group.label());
                words.forEach(w -> terminal.print("  %s  %s".formatted(score(w), w.text())));
            }
        }
    }

    private Map<String, Object> asJson(Interrogation found) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("file", file.toString());
        all.put("prompt", found.prompt());
        all.put("words", found.words().stream().map(InterrogateCommand::asJson).toList());
        all.put("notices", found.notices());
        return all;
    }

    private static Map<String, Object> asJson(ScoredWord word) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("group", word.group().label());
        all.put("text", word.text());
        all.put("score", Math.round(word.score() * 1e4) / 1e4);
        return all;
    }

    private static String score(ScoredWord word) {
        return String.format(Locale.ROOT, "%.3f", word.score());
    }
}
