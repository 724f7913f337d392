package gesso.command;

import gesso.image.metadata.Infotext;
import gesso.image.metadata.InfotextReader;
import gesso.job.Job;
import gesso.job.JobQueue;
import gesso.job.PictureStore;
import gesso.library.ModelFolders;
import gesso.library.foreign.PictureSettings;
import gesso.request.BadInput;
import gesso.request.GenerationRequest;
import gesso.request.Size;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gesso generate}: a prompt becomes pictures on disk, and their paths are printed. */
@Command(
        name = "generate",
        description = "Makes pictures from a prompt and prints their paths.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footer = {"", "Example: gesso generate \"red apple\" --seed 1 --out apple.png"})
final class GenerateCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "PROMPT", description = "what the picture shows, in quotes")
    @Nullable
    String prompt;

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            description = "a checkpoint (the one used last, else the starter)")
    @Nullable
    String model;

    @Mixin
    RequestOptions options = new RequestOptions();

    @Mixin
    HiresOptions hires = new HiresOptions();

    @Mixin
    ReworkOptions rework = new ReworkOptions();

    @Option(names = "--parameters", paramLabel = "FILE", description = "start from the settings in this picture")
    @Nullable
    Path parameters;

    @Option(names = "--device", paramLabel = "NAME", description = "auto, cuda, cpu …; gesso devices lists them (auto)")
    String device = "auto";

    @Option(
            names = "--out",
            paramLabel = "FILE.png|FOLDER",
            description = "where to (a folder of the day among your pictures); nothing is ever overwritten")
    @Nullable
    Path out;

    @Option(names = "--json", description = "print a line of JSON for each picture")
    boolean json;

    @Option(names = "--quiet", description = "no progress")
    boolean quiet;

    private final Workshop workshop;
    private final Terminal terminal;

    GenerateCommand(Workshop workshop, Terminal terminal) {
        this.workshop = workshop;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        PictureStore store = out == null ? workshop.gallery()::save : new OutputPlace(out);
        GenerationReport report = new GenerationReport(terminal, json, quiet, workshop::peakMemory);
        GenerationRequest request = request();
        try (JobQueue queue = workshop.queue(device, store, report::device, terminal::say)) {
            queue.addListener(report);
            Job job = queue.submit(request);
            return Interruption.guard(queue, job, report::await);
        }
    }

    /** What is asked for: the picture's settings first where one is given, and the options over them. */
    private GenerationRequest request() {
        if (prompt == null && parameters == null) {
            throw new BadInput("generate needs a prompt: gesso generate \"red apple\".");
        }
        Path checkpoint = checkpoint();
        Size size = options.size == null ? workshop.facts(checkpoint).nativeSize() : options.size;
        GenerationRequest request = rework.start(
                GenerationRequest.of(prompt == null ? "" : prompt, checkpoint, size), options.size != null);
        if (parameters != null) {
            request = likePicture(request, parameters);
        }
        return rework.apply(hires.apply(options.apply(request), rework.denoise));
    }

    /** With the settings that a picture's file holds; what is said here of prompt and model stays. */
    private GenerationRequest likePicture(GenerationRequest from, Path picture) {
        Infotext text = PictureSettings.read(picture)
                .map(PictureSettings::infotext)
                .orElseThrow(() -> new BadInput("%s does not say how it was made.".formatted(picture)));
        InfotextReader.Reading reading = InfotextReader.apply(text, from, workshop.models());
        reading.notes().forEach(terminal::say);
        GenerationRequest read = reading.request();
        return read.edit(e ->
                e.prompt(prompt == null ? read.prompt() : prompt).model(model == null ? read.model() : from.model()));
    }

    private Path checkpoint() {
        ModelFolders models = workshop.models();
        if (model != null) {
            return models.resolve(model);
        }
        return models.defaultModel()
                .orElseThrow(() -> new BadInput("No model is installed; put a Stable Diffusion checkpoint into "
                        + models.folders().get(0) + "."));
    }
}
