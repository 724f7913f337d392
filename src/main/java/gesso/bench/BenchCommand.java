package gesso.bench;

import gesso.command.Terminal;
import gesso.command.Workshop;
import gesso.library.Json;
import gesso.request.BadInput;
import gesso.request.GenerationRequest;
import gesso.request.GessoException;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.weights.ModelInfo;
import gesso.weights.WeightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gesso bench}: what a model costs here, in seconds and bytes. */
@Command(
        name = "bench",
        description = {
            "How fast a model is here, and what memory it takes.",
            "Besides installed models, --model takes " + SyntheticModel.NAMES + ": a checkpoint of that family's exact",
            "shapes is computed, measured and deleted again (2 to 14 GB of disk)."
        },
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    @Option(names = "--model", paramLabel = "M", description = "a model's name or file (the default model)")
    @Nullable
    String model;

    @Option(names = "--size", paramLabel = "WxH", description = "of the pictures (the model's own)")
    @Nullable
    Size size;

    @Option(names = "--steps", paramLabel = "N", description = "of the whole picture (20)")
    int steps = 20;

    @Option(names = "--device", paramLabel = "NAME", description = "(auto)")
    String device = "auto";

    @Option(names = "--json", description = "print it as JSON")
    boolean json;

    @Option(names = "--studio", description = "measure the canvas instead: strokes, frames, memory")
    boolean studio;

    @Option(
            names = "--gallery",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "10000",
            description = "measure a gallery of N pictures instead (10000)")
    int gallery;

    @Option(names = "--control", description = "measure a ControlNet and only-masked inpainting instead, as ratios")
    boolean control;

    private final Workshop workshop;
    private final Terminal terminal;
    private final Supplier<Path> merges;
    private final Path cache;

    /**
     * @param merges CLIP's byte-pair merges
     * @param cache where a synthetic model lies while it is measured
     */
    public BenchCommand(Workshop workshop, Terminal terminal, Supplier<Path> merges, Path cache) {
        this.workshop = workshop;
        this.terminal = terminal;
        this.merges = merges;
        this.cache = cache;
    }

    @Override
    public Integer call() {
        if (studio) {
            StudioBench.lines().forEach(terminal::print);
            return 0;
        }
        Path scratch = scratch();
        // Ctrl+C too leaves nothing behind.
        Thread cleaner = new Thread(() -> delete(scratch));
        Runtime.getRuntime().addShutdownHook(cleaner);
        try {
            if (gallery > 0) {
                new GalleryBench(scratch, gallery).lines().forEach(terminal::print);
                return 0;
            }
            if (control) {
                bench(scratch).control(merges.get(), scratch).forEach(terminal::print);
                return 0;
            }
            BenchResult result = bench(scratch).run(merges.get(), scratch);
            if (json) {
                terminal.print(Json.pretty(result.json()));
            } else {
                result.lines().forEach(terminal::print);
            }
            return 0;
        } finally {
            delete(scratch);
        }
    }

    private Bench bench(Path scratch) {
        Optional<SyntheticModel> synthetic = Optional.ofNullable(model).flatMap(SyntheticModel::named);
        synthetic.ifPresent(s -> terminal.say("Computing %s, %.1f GB …".formatted(s.name(), s.bytes() / 1e9)));
        Path file = synthetic.map(s -> s.write(scratch)).orElseGet(this::installed);
        Size wanted = size == null ? ModelInfo.of(WeightFiles.open(file)).nativeSize() : size;
        GenerationRequest plain =
                GenerationRequest.of("red apple", file, wanted).withSeeds(SeedSettings.DEFAULT.withSeed(1));
        GenerationRequest request = plain.withSampling(plain.sampling().withSteps(steps));
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        return new Bench(request, name, device, terminal::say);
    }

    private Path installed() {
        return model != null
                ? workshop.models().resolve(model)
                : workshop.models()
                        .defaultModel()
                        .orElseThrow(() -> new BadInput(
                                "No model is installed; name one with --model, or " + SyntheticModel.NAMES + "."));
    }

    private Path scratch() {
        try {
            Files.createDirectories(cache);
            return Files.createTempDirectory(cache, "bench");
        } catch (IOException e) {
            throw new GessoException("Nothing can be written to %s.".formatted(cache), e);
        }
    }

    private static void delete(Path folder) {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                // Beside a measurement this is of no weight; the cache is anybody's to empty.
                System.getLogger("gesso").log(System.Logger.Level.DEBUG, "not deleted: " + folder, e);
            }
        }
    }
}
