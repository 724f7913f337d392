package gesso;

import gesso.bench.BenchCommand;
import gesso.canvas.CanvasDocument;
import gesso.canvas.Journal;
import gesso.command.Terminal;
import gesso.command.Workshop;
import gesso.image.GeneratedPicture;
import gesso.image.PictureFiles;
import gesso.image.metadata.Infotext;
import gesso.image.metadata.InfotextReader;
import gesso.job.JobQueue;
import gesso.job.PictureStore;
import gesso.library.FactsCache;
import gesso.library.FileManager;
import gesso.library.Folders;
import gesso.library.Gallery;
import gesso.library.HashCache;
import gesso.library.InterrogationModels;
import gesso.library.LibraryEntry;
import gesso.library.ModelAdding;
import gesso.library.ModelFacts;
import gesso.library.ModelFolders;
import gesso.library.ModelInstall;
import gesso.library.ModelLibrary;
import gesso.library.ModelMarks;
import gesso.library.NetworkFolders;
import gesso.library.NetworkKind;
import gesso.library.PreprocessorFiles;
import gesso.library.SettingsFile;
import gesso.library.Shelf;
import gesso.library.UpscaledPictures;
import gesso.library.VectorCache;
import gesso.library.WebPicture;
import gesso.library.WordLists;
import gesso.library.foreign.PictureSettings;
import gesso.library.gallery.GalleryLibrary;
import gesso.library.gallery.Trash;
import gesso.library.preset.Presets;
import gesso.pipeline.EmbeddingFiles;
import gesso.pipeline.Engine;
import gesso.pipeline.NetworkLibrary;
import gesso.pipeline.Pipeline;
import gesso.pipeline.VectorStore;
import gesso.prompt.NamedNetwork;
import gesso.prompt.Styles;
import gesso.prompt.WildcardFolder;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Size;
import gesso.runtime.Devices;
import gesso.runtime.ProcessMemory;
import gesso.ui.LibraryServices;
import gesso.ui.StudioApp;
import gesso.ui.StudioServices;
import gesso.ui.common.DesktopDialogs;
import gesso.ui.common.ModelChoices;
import gesso.ui.common.SettingsReader;
import gesso.weights.ModelInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one place that wires everything together: folders, settings, models, engine, and what shows them. */
public final class Studio implements Workshop, AutoCloseable {
    /** What the window remembers lies under this name in the settings. */
    private static final String WINDOW = "window";

    private final Folders folders;
    private final SettingsFile settings;
    private final Notices notices = new Notices();
    private @Nullable Journal journal;
    private final NetworkFolders.Aliases aliases = new NetworkFolders.Aliases();

    private final ModelLibrary library;

    /** For the command line. */
    private @Nullable PromptTools prompts;

    /** Everything that is kept lies in {@code folders}. */
    public Studio(Folders folders) {
        this.folders = folders;
        this.settings = SettingsFile.open(folders.config());
        this.library = new ModelLibrary(new FactsCache(folders.cache()), new ModelMarks(folders.data()));
    }

    /** Opens the window and returns when it is closed. */
    void open() throws InterruptedException {
        String device = settings.settings().device();
        settings.notices().forEach(notices::say);
        JobQueue.Engines engines = new JobQueue.Engines(
                () -> engine(device, id -> {}, notices::say), () -> engine("cpu", id -> {}, notices::say));
        try (JobQueue queue = new JobQueue(engines, new PicturesOnDisk(gallery()), folders.queue())) {
            StudioApp.run(queue, this::services);
        } finally {
            closeJournal();
        }
    }

    private void closeJournal() {
        Journal open = journal;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What the window needs of everything else. */
    StudioServices services() {
        PromptTools prompts = prompts();
        return new StudioServices(
                this::choices,
                this::styles,
                prompts,
                prompts,
                this::readSettings,
                PictureFiles::read,
                WebPicture::fetch,
                () -> interrogation(null).usual(),
                new StudioLibrary(library, this::models, adding(), folders),
                file -> ModelInstall.install(file, folders.models()),
                new DesktopDialogs(),
                FileManager::reveal,
                new LibraryServices(this::allPictures, presets(), this::knownHash),
                gallery()::save,
                UpscaledPictures::save,
                gallery().folder(),
                () -> Devices.choose(settings.settings().device(), notices::say).label(),
                notices::tell,
                canvas(),
                remembered(),
                values -> settings.update(s -> s.withState(WINDOW, values)));
    }

    private GalleryLibrary allPictures() {
        return new GalleryLibrary(
                List.of(gallery().folder()),
                folders.cache().resolve("gallery.db"),
                Trash.ofSystem(System.getProperty("os.name", ""), Folders.trashParent(), folders.cache()));
    }

    private String knownHash(Path model) {
        return new HashCache(folders.cache()).cached(model).orElse("");
    }

    private PromptTools prompts() {
        return new PromptTools(merges(), this::networks);
    }

    @Override
    public List<NamedNetwork> networks(String prompt) {
        PromptTools tools = prompts;
        if (tools == null) {
            tools = prompts();
            prompts = tools;
        }
        return tools.networks(prompt);
    }

    /** The models for the window. A file that cannot be read stays in the list: choosing it says what is wrong with it. */
    private ModelChoices choices() {
        ModelFolders models = models();
        Path first = models.defaultModel().orElse(null);
        List<LibraryEntry> entries = looked();
        List<ModelChoices.Checkpoint> checkpoints = new ArrayList<>();
        for (LibraryEntry entry : on(Shelf.CHECKPOINT, entries)) {
            ModelChoices.Checkpoint choice = checkpoint(entry);
            checkpoints.add(entry.path().equals(first) ? 0 : checkpoints.size(), choice);
        }
        Map<NetworkKind, List<ModelChoices.Network>> networks = new EnumMap<>(NetworkKind.class);
        for (NetworkKind kind : NetworkKind.values()) {
            networks.put(
                    kind,
                    on(Shelf.valueOf(kind.name()), entries).stream()
                            .map(e -> new ModelChoices.Network(e.name(), e.path(), e.family()))
                            .toList());
        }
        networks.put(
                NetworkKind.PREPROCESSOR,
                new PreprocessorFiles(models)
                        .files().entrySet().stream()
                                .map(e -> new ModelChoices.Network(e.getKey(), e.getValue(), ""))
                                .toList());
        return new ModelChoices(
                checkpoints,
                on(Shelf.VAE, entries).stream().map(LibraryEntry::path).toList(),
                networks,
                folders.models());
    }

    /** Everything in the library, with what the files say they are. */
    private List<LibraryEntry> looked() {
        List<LibraryEntry> entries = library.list(models()).entries();
        library.look(entries, entry -> {}, new CancelToken());
        return entries.stream().map(library::looked).toList();
    }

    private static List<LibraryEntry> on(Shelf shelf, List<LibraryEntry> entries) {
        return entries.stream().filter(e -> e.shelf() == shelf).toList();
    }

    private static ModelChoices.Checkpoint checkpoint(LibraryEntry entry) {
        ModelFacts facts = entry.facts();
        boolean known = facts != null && facts.size().width() > 1;
        return new ModelChoices.Checkpoint(
                entry.name(),
                entry.path(),
                known && facts != null ? facts.size() : new Size(512, 512),
                entry.family(),
                facts != null && facts.inpainting(),
                facts != null && facts.architecture().endsWith(" instruct"));
    }

    private SettingsReader.Reading readSettings(Path file, GenerationRequest base) {
        Infotext text = PictureSettings.read(file)
                .map(PictureSettings::infotext)
                .orElseThrow(() -> new BadInput("%s does not say how it was made.".formatted(file.getFileName())));
        InfotextReader.Reading reading = InfotextReader.apply(text, base, models());
        return new SettingsReader.Reading(reading.request(), reading.notes());
    }

    /** What was on the canvas; an empty one, that is not written down, where its journal cannot be used. */
    private CanvasDocument canvas() {
        Path file = folders.queue().resolveSibling("canvas.journal");
        try {
            Journal.Opened opened = Journal.open(
                    file,
                    e -> notices.say("The canvas can no longer be kept: %s. Free some room on the disk."
                            .formatted(e.getMessage())));
            journal = opened.journal();
            return opened.document();
        } catch (IOException | RuntimeException e) {
            notices.say("What was on the canvas cannot be read (%s); it is left at %s, and this canvas is not kept."
                    .formatted(e.getMessage(), file));
            return new CanvasDocument();
        }
    }

    private Map<String, String> remembered() {
        Map<String, String> values = new LinkedHashMap<>();
        if (settings.settings().state().get(WINDOW) instanceof Map<?, ?> kept) {
            kept.forEach((key, value) -> values.put(String.valueOf(key), String.valueOf(value)));
        }
        return values;
    }

    @Override
    public ModelFolders models() {
        return ModelFolders.of(settings.settings(), folders);
    }

    @Override
    public Gallery gallery() {
        Path chosen = settings.settings().pictures();
        return new Gallery(chosen == null ? folders.pictures() : chosen);
    }

    @Override
    public Styles styles() {
        try {
            return Styles.parse(new String(Files.readAllBytes(folders.styles()), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return new Styles(List.of());
        } catch (IOException e) {
            throw new BadInput("The styles in %s cannot be read.".formatted(folders.styles()), e);
        }
    }

    @Override
    public Presets presets() {
        return Presets.of(folders);
    }

    @Override
    public InterrogationModels interrogation(@Nullable Path lists) {
        ModelFolders models = models();
        List<Path> listFolders = lists == null ? InterrogationModels.listFolders(folders, models) : List.of(lists);
        return new InterrogationModels(models, WordLists.of(listFolders));
    }

    @Override
    public ModelFacts facts(Path model) {
        return ModelFacts.of(model);
    }

    @Override
    public ModelAdding adding() {
        return new ModelAdding(settings, folders.models());
    }

    @Override
    public ModelLibrary library() {
        return library;
    }

    @Override
    public Map<String, String> networkFacts(Path model) {
        return NetworkFacts.of(model, ModelInfo.of(EmbeddingFiles.weights(model)));
    }

    @Override
    public Map<String, String> otherHashes(Path model) {
        return NetworkFacts.hashes(model);
    }

    @Override
    public List<DeviceState> devices() {
        return Devices.probe().stream()
                .map(p -> new DeviceState(p.device().id(), p.device().label(), p.problem()))
                .toList();
    }

    @Override
    public JobQueue queue(String device, PictureStore store, Consumer<String> chosen, Consumer<String> notice) {
        return new JobQueue(() -> engine(device, chosen, notice), store);
    }

    private Engine engine(String device, Consumer<String> chosen, Consumer<String> notice) {
        HashCache hashes = new HashCache(folders.cache());
        Pipeline pipeline = new Pipeline(
                device,
                merges(),
                file -> CompletableFuture.supplyAsync(() -> hashes.of(file)),
                vectors(),
                () -> new WildcardFolder(folders.wildcards()),
                name -> models().upscaler(name),
                this::networks,
                notice);
        chosen.accept(pipeline.device().id());
        return pipeline;
    }

    private NetworkLibrary networks() {
        ModelFolders models = models();
        return new StudioNetworks(models.named(aliases), new PreprocessorFiles(models), this::looked);
    }

    private VectorStore vectors() {
        VectorCache cache = new VectorCache(folders.cache());
        return new VectorStore() {
            @Override
            public Optional<float[]> read(String key, int size) {
                return cache.read(key, size);
            }

            @Override
            public void write(String key, float[] values) {
                cache.write(key, values);
            }
        };
    }

    @Override
    public OptionalLong peakMemory() {
        return ProcessMemory.peak();
    }

    /** The command that measures. */
    BenchCommand bench(Terminal terminal) {
        return new BenchCommand(this, terminal, Studio::merges, folders.cache());
    }

    private record PicturesOnDisk(Gallery gallery) implements PictureStore {
        @Override
        public Path save(GeneratedPicture picture) {
            return gallery.save(picture);
        }

        @Override
        public Path saveUnlessThere(GeneratedPicture picture) {
            return gallery.saveUnlessThere(picture);
        }
    }

    private static Path merges() {
        return Folders.assets()
                .map(assets -> assets.resolve("tokenizer/clip-merges.txt.gz"))
                .orElseThrow(
                        () -> new BadInput(
                                "Gesso's own files (the folder \"assets\") are missing; install Gesso again, or start it with ./gesso."));
    }

    @Override
    public void close() {
        settings.close();
    }
}
