package gesso.ui;

import gesso.canvas.CanvasDocument;
import gesso.image.GeneratedPicture;
import gesso.image.PictureFiles;
import gesso.image.PngWriter;
import gesso.job.PictureStore;
import gesso.library.NetworkKind;
import gesso.library.gallery.GalleryLibrary;
import gesso.library.gallery.Trash;
import gesso.library.preset.Presets;
import gesso.prompt.Styles;
import gesso.request.BadInput;
import gesso.request.GenerationRequest;
import gesso.request.Interrogator;
import gesso.request.Picture;
import gesso.request.Size;
import gesso.ui.common.FileDialogs;
import gesso.ui.common.ModelChoices;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.ModelChoices.Network;
import gesso.ui.common.PromptReader.Part;
import gesso.ui.common.PromptReader.PromptReading;
import gesso.ui.common.PromptReader.Run;
import gesso.ui.common.PromptReader.Stretch;
import gesso.ui.common.SettingsReader.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The rest of the program, in memory, as the window's tests need it. */
final class Fakes implements PictureStore, FileDialogs {
    static final Path MODEL = Path.of("/models/painter.safetensors");
    static final Path LARGE_MODEL = Path.of("/models/painter-large.safetensors");

    private static final Map<NetworkKind, List<Network>> NETWORKS = Map.of(
            NetworkKind.LORA,
            List.of(
                    new Network("Ink", Path.of("/models/Lora/Ink.safetensors"), "Stable Diffusion 1"),
                    new Network("Flat", Path.of("/models/Lora/Flat.safetensors"), "")),
            NetworkKind.UPSCALER,
            List.of(new Network("4x-Sharp", Path.of("/models/ESRGAN/4x-Sharp.pth"), "")),
            NetworkKind.EMBEDDING,
            List.of(new Network("easynegative", Path.of("/models/embeddings/easynegative.pt"), "")),
            NetworkKind.CONTROLNET,
            List.of(
                    new Network("control_canny", Path.of("/models/ControlNet/canny.safetensors"), "Stable Diffusion 1"),
                    new Network("control_xl", Path.of("/models/ControlNet/xl.safetensors"), "Stable Diffusion XL")));

    final Map<Path, Picture> saved = new ConcurrentHashMap<>();
    final List<Path> revealed = new CopyOnWriteArrayList<>();
    volatile Map<String, String> remembered = Map.of();
    CanvasDocument canvas = new CanvasDocument();
    private final AtomicInteger count = new AtomicInteger();

    /** Where pictures and presets lie; of a test that has none, nowhere. */
    volatile Path home = Path.of("/nowhere");

    final FakeLibrary library = new FakeLibrary();

    /** What the dialogs answer. */
    volatile List<Path> chosen = List.of();

    /** Where a file is to be saved; empty: where it is proposed. */
    volatile Optional<Path> saveTo = Optional.empty();

    @Override
    public Optional<Path> picture(String title) {
        return chosen.stream().findFirst();
    }

    @Override
    public List<Path> pictures(String title) {
        return chosen;
    }

    @Override
    public Optional<Path> document(String title) {
        return chosen.stream().findFirst();
    }

    @Override
    public List<Path> presets(String title) {
        return chosen;
    }

    @Override
    public Optional<Path> save(String title, String name) {
        return saveTo.or(() -> Optional.of(home.resolve(name)));
    }

    @Override
    public Path save(GeneratedPicture picture) {
        Path file = Path.of("/pictures/%05d-%d.png"
                .formatted(count.incrementAndGet(), picture.request().seeds().seed()));
        if (Files.isDirectory(home)) {
            Path real = home.resolve("made").resolve(file.getFileName());
            saved.put(real, picture.picture());
            return write(real, picture.picture());
        }
        saved.put(file, picture.picture());
        return file;
    }

    StudioServices services() {
        return new StudioServices(
                () -> new ModelChoices(
                        List.of(
                                new Checkpoint("painter", MODEL, new Size(512, 512), "Stable Diffusion 1", false),
                                new Checkpoint(
                                        "painter-large",
                                        LARGE_MODEL,
                                        new Size(1024, 1024),
                                        "Stable Diffusion 1",
                                        false)),
                        List.of(Path.of("/models/bright.vae.safetensors")),
                        NETWORKS,
                        Path.of("/models")),
                () -> new Styles(List.of(
                        new Styles.Style("Ink", "{prompt}, ink drawing", "colour"),
                        new Styles.Style("Soft_light", "soft light", ""))),
                prompt -> prompt.isBlank() ? 0 : prompt.strip().split("\\s+", -1).length,
                Fakes::reading,
                this::settings,
                this::read,
                address -> Path.of("/tmp/" + address.substring(address.lastIndexOf('/') + 1)),
                () -> new Interrogator.Clip(MODEL, null, List.of(), Interrogator.Caption.DEFAULT),
                library,
                this::install,
                this,
                revealed::add,
                new LibraryServices(
                        () -> new GalleryLibrary(List.of(home.resolve("pictures")), null, trash()),
                        new Presets(Optional.empty(), home.resolve("presets")),
                        file -> ""),
                this,
                (picture, source, request) -> saveUpscaled(picture, source),
                Path.of("/pictures"),
                () -> "CPU · 2 cores",
                hears -> hears.accept("CUDA cannot be used: no driver was found. The CPU is used instead."),
                canvas,
                remembered,
                values -> remembered = values);
    }

    private Path saveUpscaled(Picture picture, Path source) {
        Path file = Path.of(source.toString().replace(".png", "-2x.png"));
        saved.put(file, picture);
        return file;
    }

    private static Path write(Path file, Picture picture) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            return Files.write(file, PngWriter.encode(picture, List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Trash trash() {
        return Trash.ofSystem("Linux", home.resolve("data"), home);
    }

    /** "a:b" changes from a to b half-way; nothing is weighted but what is in brackets. */
    private static PromptReading reading(GenerationRequest request) {
        int steps = request.sampling().steps();
        String[] texts = request.prompt().split(":", -1);
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            double weight = texts[i].startsWith("(") ? 1.1 : 1;
            stretches.add(new Stretch(
                    i * steps / texts.length + 1,
                    (i + 1) * steps / texts.length,
                    List.of(List.of(new Run(texts[i], weight)))));
        }
        return new PromptReading(List.of(new Part(1, stretches)), List.of());
    }

    @Override
    public Optional<Path> folder(String title) {
        return chosen.stream().findFirst();
    }

    private String install(Path file) {
        if (file.toString().contains("broken")) {
            throw new BadInput(file.getFileName() + " is no model.");
        }
        return file.getFileName() + " is installed.";
    }

    private Picture read(Path file) {
        Picture picture = saved.get(file);
        if (picture == null && file.startsWith(home)) {
            return PictureFiles.read(file);
        }
        if (picture == null) {
            throw new BadInput("There is no " + file + ".");
        }
        return picture;
    }

    private Reading settings(Path file, GenerationRequest base) {
        if (!file.toString().endsWith(".png")) {
            throw new BadInput("\"%s\" has no generation parameters.".formatted(file.getFileName()));
        }
        return new Reading(base.withPrompt("a heron").withSize(new Size(640, 448)), List.of("The VAE x is missing."));
    }
}
