package gesso.command;

import gesso.image.GeneratedPicture;
import gesso.image.PixelUpscaler;
import gesso.job.JobQueue;
import gesso.job.PictureStore;
import gesso.library.FactsCache;
import gesso.library.Gallery;
import gesso.library.HashCache;
import gesso.library.InterrogationModels;
import gesso.library.ModelAdding;
import gesso.library.ModelFacts;
import gesso.library.ModelFolders;
import gesso.library.ModelLibrary;
import gesso.library.ModelMarks;
import gesso.library.SettingsFile;
import gesso.library.Shelf;
import gesso.library.WordLists;
import gesso.library.preset.Presets;
import gesso.pipeline.Engine;
import gesso.pipeline.GeneratingEngine;
import gesso.prompt.Styles;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Interrogation;
import gesso.request.InterrogationRequest;
import gesso.request.Picture;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.UpscaleRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A program with two models that are names alone, and an engine that paints one colour. */
final class FakeWorkshop implements Workshop {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final List<GenerationRequest> requests = new ArrayList<>();
    final List<InterrogationRequest> interrogations = new ArrayList<>();

    /** What the engine finds in every picture. */
    Interrogation words = new Interrogation(List.of(), List.of());

    /** Thrown by the engine in its second step. */
    @Nullable
    Throwable fault;

    final SettingsFile settings;
    private final Path home;
    private final boolean interactive;

    FakeWorkshop(Path home) {
        this(home, false);
    }

    FakeWorkshop(Path home, boolean interactive) {
        this.home = home;
        this.settings = SettingsFile.open(home);
        this.interactive = interactive;
        try {
            Files.createDirectories(home.resolve("models"));
            for (String name : List.of("gesso-starter", "gesso-starter-inpainting")) {
                Path file = home.resolve("models/" + name + ".safetensors");
                if (!Files.exists(file)) {
                    Files.createFile(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command line. @return the exit code */
    int run(String... arguments) {
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), interactive);
        return new GessoCommand(this, terminal, Map.of()).run(arguments);
    }

    String said() {
        return err.toString().strip();
    }

    String printed() {
        return out.toString().strip();
    }

    /** The request that the last run asked for. */
    GenerationRequest request() {
        return requests.get(requests.size() - 1);
    }

    @Override
    public ModelFolders models() {
        return new ModelFolders(List.of(home.resolve("models")), new HashCache(home.resolve("cache")), null);
    }

    @Override
    public Gallery gallery() {
        return new Gallery(home.resolve("pictures"));
    }

    @Override
    public Styles styles() {
        return Styles.parse("name,prompt,negative_prompt\nInk,\"ink, {prompt}\",colour\nSoft,soft light,\n");
    }

    @Override
    public Presets presets() {
        return new Presets(Optional.of(Path.of("presets")), home.resolve("presets"));
    }

    @Override
    public InterrogationModels interrogation(@Nullable Path lists) {
        return new InterrogationModels(models(), WordLists.of(lists == null ? List.of() : List.of(lists)));
    }

    @Override
    public ModelFacts facts(Path model) {
        return new ModelFacts(
                Shelf.CHECKPOINT,
                "checkpoint",
                "Starter",
                "Stable Diffusion 1",
                "Stable Diffusion 1",
                "one file",
                "fp16",
                "epsilon",
                new Size(128, 128),
                false,
                false,
                "");
    }

    @Override
    public ModelAdding adding() {
        return new ModelAdding(settings, home.resolve("models"));
    }

    @Override
    public ModelLibrary library() {
        return new ModelLibrary(new FactsCache(home.resolve("cache")), new ModelMarks(home));
    }

    @Override
    public List<DeviceState> devices() {
        return List.of(
                new DeviceState("cuda", "CUDA", Optional.of("CUDA cannot be used: there is no driver.")),
                new DeviceState("cpu", "CPU", Optional.empty()));
    }

    @Override
    public JobQueue queue(String device, PictureStore store, Consumer<String> chosen, Consumer<String> notice) {
        return new JobQueue(() -> engine(device, chosen, notice), store);
    }

    private Engine engine(String device, Consumer<String> chosen, Consumer<String> notice) {
        if (device.equals("abacus")) {
            throw new BadInput("There is no device \"abacus\".");
        }
        if (device.equals("cuda")) {
            notice.accept("CUDA cannot be used: there is no driver. The CPU is used instead.");
        }
        chosen.accept("cpu");
        return new OneColour();
    }

    @Override
    public OptionalLong peakMemory() {
        return OptionalLong.of(123_456_789);
    }

    private final class OneColour implements GeneratingEngine {
        @Override
        public void generate(GenerationRequest request, CancelToken token, Listener listener) {
            requests.add(request);
            listener.loading("UNet");
            SeedSettings seeds = request.seeds().drawn(new Random(1));
            int steps = request.sampling().steps();
            for (int i = 0; i < request.pictures(); i++) {
                for (int step = 1; step <= steps; step++) {
                    listener.step(new Step(i, request.pictures(), step, steps, 1, () -> picture(request)));
                    if (step == 2 && fault != null) {
                        FakeWorkshop.<RuntimeException>raise(fault);
                    }
                }
                listener.decoding(i);
                listener.picture(new GeneratedPicture(
                        picture(request),
                        request.withSeeds(seeds.forPicture(i)),
                        i,
                        new GeneratedPicture.ModelIdentity("gesso-starter", "0123456789", false),
                        Map.of()));
            }
        }

        @Override
        public Interrogation interrogate(InterrogationRequest request, CancelToken token, Listener listener) {
            interrogations.add(request);
            return words;
        }

        @Override
        public Picture upscale(UpscaleRequest request, CancelToken token, Listener listener) {
            listener.progress("Upscaling", 1, 2);
            if (fault != null) {
                FakeWorkshop.<RuntimeException>raise(fault);
            }
            return PixelUpscaler.find(request.upscaler()).orElseThrow().enlarge(request.picture(), request.size());
        }

        @Override
        public void close() {}
    }

    private static Picture picture(GenerationRequest request) {
        Size size = request.size();
        int[] pixels = new int[size.width() * size.height()];
        Arrays.fill(pixels, 0xFFCC2222);
        return new Picture(size.width(), size.height(), pixels);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable fault) throws T {
        throw (T) fault;
    }
}
