package gesso.ui;

import gesso.job.JobEvent;
import gesso.job.JobQueue;
import gesso.library.gallery.GalleryPicture;
import gesso.request.GenerationRequest;
import gesso.request.GessoException;
import gesso.request.InvalidRequest;
import gesso.request.Picture;
import gesso.request.Size;
import gesso.ui.canvas.CanvasModel;
import gesso.ui.canvas.Desk;
import gesso.ui.common.Background;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.Language;
import gesso.ui.common.MadePicture;
import gesso.ui.common.Memory;
import gesso.ui.common.ModelChoices;
import gesso.ui.common.Problem;
import gesso.ui.common.QueueEvents;
import gesso.ui.common.SourcePicture;
import gesso.ui.common.Theme;
import gesso.ui.common.ToggleSetting;
import gesso.ui.control.ControlSources;
import gesso.ui.control.ControlUnitModel;
import gesso.ui.gallery.GalleryModel;
import gesso.ui.gallery.ResultsModel;
import gesso.ui.generate.RecipeModel;
import gesso.ui.generate.SourceActions;
import gesso.ui.generate.UpscaleModel;
import gesso.ui.interrogate.InterrogateModel;
import gesso.ui.models.ModelUse;
import gesso.ui.models.ModelsModel;
import gesso.ui.preset.PresetModel;
import gesso.ui.preset.PresetPreviews;
import gesso.ui.queue.JobCard;
import gesso.ui.queue.Plots;
import gesso.ui.queue.QueueModel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** What the window knows, and what can be done in it. On the FX thread. */
public final class StudioModel implements SourceActions {
    private static final RandomGenerator SEEDS = new SecureRandom();

    private final StudioServices services;
    private final Background background = new Background();
    private final ChoiceSetting<Language> language = ChoiceSetting.of("language", Language.ofDesktop());
    private final ChoiceSetting<Theme> theme = ChoiceSetting.of("theme", Theme.DARK);
    private final RecipeModel recipe = new RecipeModel();
    private final QueueModel queue;
    private final ResultsModel results = new ResultsModel(background);
    private final Desk desk;
    private final CanvasModel canvas;
    private final Plots plots;
    private final Steering steering;
    private final Memory memory;
    private final Intake intake;
    private final DocumentModel document;
    private final InterrogateModel interrogate;
    private final GalleryModel gallery;
    private final PresetModel presets;
    private final ToggleSetting inGallery = new ToggleSetting("gallery", false);
    private final ModelsModel modelLibrary;
    private final Batch batch;
    private final UpscaleModel upscale = new UpscaleModel();
    private final Upscales upscales;
    private final ReadOnlyObjectWrapper<@Nullable ModelChoices> models = new ReadOnlyObjectWrapper<>(this, "models");
    private final ReadOnlyStringWrapper device = new ReadOnlyStringWrapper(this, "device", "");

    public StudioModel(JobQueue jobs, StudioServices services) {
        this.services = services;
        queue = new QueueModel(jobs);
        desk = new Desk(services.canvas());
        canvas = new CanvasModel(background, services.pictures(), desk::placeOf);
        new CanvasLink(desk, recipe).start(background);
        batch = new Batch(jobs::submit, background, services.pictures(), queue::addNotice);
        upscales = new Upscales(
                queue::submit, background, services.pictures(), services.upscaled(), queue::addNotice, this::upscaled);
        presets = new PresetModel(
                services.library().presets(),
                background,
                new PresetPreviews(recipe, background, services.library().hash()));
        gallery = new GalleryModel(services.library().gallery(), services.pictures());
        interrogate = new InterrogateModel(jobs, background, services.interrogator());
        modelLibrary = new ModelsModel(
                services.modelLibrary(), services.pictures(), background, queue::addNotice, this::findModels);
        intake = new Intake(services, background, recipe, queue::addNotice, this::findModels);
        plots = new Plots(jobs, background, canvas, results, services.store(), queue::addNotice);
        steering = new Steering(recipe, queue, card -> plots.has(card.job()));
        memory = new Memory(services.remembered(), services.remember());
        memory.keep(language);
        memory.keep(theme);
        memory.keep(gallery.byJob());
        memory.keep(gallery.folders());
        memory.keep(queue.memory());
        recipe.settings().forEach(memory::keep);
        upscale.settings().forEach(memory::keep);
        desk.tools().settings().forEach(memory::keep);
        intake.presetsWith(files -> presets.importFiles(files, intake::refuse));
        intake.paintWith(desk::startMask);
        document = new DocumentModel(desk, recipe, background, services.dialogs(), intake::refuse);
        document.settings().forEach(memory::keep);
        document.follow();
        intake.documentsWith(document::open);
        jobs.addListener(new QueueEvents(this::accept));
        jobs.restore(sentence -> Platform.runLater(() -> queue.addNotice(sentence)));
        services.notices().accept(sentence -> Platform.runLater(() -> queue.addNotice(sentence)));
        findModels();
        presets.find();
    }

    public StudioServices services() {
        return services;
    }

    public Background background() {
        return background;
    }

    public ChoiceSetting<Language> language() {
        return language;
    }

    public ChoiceSetting<Theme> theme() {
        return theme;
    }

    public RecipeModel recipe() {
        return recipe;
    }

    public QueueModel queue() {
        return queue;
    }

    public ResultsModel results() {
        return results;
    }

    public CanvasModel canvas() {
        return canvas;
    }

    /** The picture that forms goes on another way. */
    Steering steering() {
        return steering;
    }

    /** The file that the canvas is kept in. */
    DocumentModel document() {
        return document;
    }

    /** The document that is worked on. */
    public Desk desk() {
        return desk;
    }

    public PresetModel presets() {
        return presets;
    }

    /** The pictures on disk. */
    public GalleryModel gallery() {
        return gallery;
    }

    /** Whether the gallery is seen in the place of the recipe and the canvas. */
    public ToggleSetting inGallery() {
        return inGallery;
    }

    /** Shows a picture of the gallery on the canvas. */
    void openPicture(GalleryPicture picture) {
        GenerationRequest base = recipe.request()
                .orElseGet(() -> GenerationRequest.of("", Path.of(""), new Size(512, 512)))
                .withPrompt(picture.prompt());
        background.run(() -> made(picture.file(), base), canvas::show);
        inGallery.set(false);
    }

    /** Reads what made a picture; where its file does not say, that is said. */
    void withSettings(Path file, Consumer<GenerationRequest> then, Consumer<Problem> otherwise) {
        GenerationRequest base =
                recipe.request().orElseGet(() -> GenerationRequest.of("", Path.of(""), new Size(512, 512)));
        background.run(
                () -> services.settings().read(file, base).request(),
                then,
                e -> otherwise.accept(
                        e instanceof GessoException known
                                ? Problem.sentence(known.sentence())
                                : new Problem("drop.no-settings", file.getFileName())));
    }

    /** With what made it, as far as its file says. */
    private MadePicture made(Path file, GenerationRequest base) {
        try {
            return new MadePicture(file, services.settings().read(file, base).request());
        } catch (GessoException e) {
            return new MadePicture(file, base);
        }
    }

    public Memory memory() {
        return memory;
    }

    /** Null until they have been looked for. */
    public ReadOnlyObjectProperty<@Nullable ModelChoices> modelsProperty() {
        return models.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty deviceProperty() {
        return device.getReadOnlyProperty();
    }

    /** Asks what runs the networks; that loads ONNX Runtime, so it waits until the window is seen. */
    void findDevice() {
        background.run(services.device(), device::set);
    }

    /** The panel of all models. */
    public ModelsModel modelLibrary() {
        return modelLibrary;
    }

    /** What can be done with a model of it. */
    ModelUse modelUse() {
        return new ModelHand(this);
    }

    /** Looks for models in the background. */
    public void findModels() {
        background.run(services.models(), found -> {
            models.set(found);
            recipe.setModels(found);
            upscale.setModels(found);
        });
        background.run(
                services.styles(),
                recipe.styles()::set,
                e -> queue.addNotice(e instanceof GessoException known ? known.sentence() : String.valueOf(e)));
    }

    /** Puts what the controls ask for into the queue; a wrong value is said at its control instead. */
    public void generate() {
        Optional<GenerationRequest> request = recipe.request();
        request.ifPresent(asked -> {
            if (recipe.plot().isOn()) {
                plot(asked);
            } else {
                canvas.follow();
                queue.submit(asked);
                batch.add(asked, recipe.rework().more());
            }
        });
    }

    /** Stops what runs; a plot's cell, with the whole plot. */
    public void cancel() {
        JobCard card = queue.runningProperty().get();
        if (card != null && !plots.cancel(card.job())) {
            queue.cancelRunning();
        }
    }

    private void plot(GenerationRequest base) {
        try {
            GenerationRequest drawn = base.withSeeds(base.seeds().drawn(SEEDS));
            recipe.plot().plot(drawn).ifPresent(plot -> plots.start(plot, this::checkpoint));
        } catch (InvalidRequest e) {
            recipe.refuse(e);
        }
    }

    private Path checkpoint(String name) {
        return recipe.model().choices().stream()
                .filter(choice -> choice.name().equals(name))
                .map(ModelChoices.Checkpoint::file)
                .findFirst()
                .orElseThrow(() -> new InvalidRequest("plot", "There is no model \"%s\".".formatted(name)));
    }

    /** Brings in what is dropped, pasted or chosen. */
    public Intake intake() {
        return intake;
    }

    @Override
    public void chooseSource() {
        services.dialogs().picture("Gesso").ifPresent(intake::source);
    }

    /** How a finished picture is made larger. */
    public UpscaleModel upscale() {
        return upscale;
    }

    /** Makes the picture on the canvas larger, as is asked; where a number is wrong, that is said at it. */
    public void startUpscale() {
        MadePicture shown = canvas.shownProperty().get();
        Optional<Problem> wrong = upscale.factor().check();
        upscale.factor().problemProperty().set(wrong.orElse(null));
        if (shown != null && wrong.isEmpty()) {
            upscales.start(shown, upscale.factor().value(), upscale.upscaler().chosen());
            upscale.openProperty().set(false);
        }
    }

    private void upscaled(MadePicture made, Picture pixels) {
        results.add(made, pixels);
        gallery.saved(made.file());
        canvas.show(made);
    }

    /** A picture in words, to be reviewed. */
    public InterrogateModel interrogate() {
        return interrogate;
    }

    @Override
    public void interrogateSource() {
        SourcePicture source = recipe.rework().sourceProperty().get();
        if (source != null) {
            interrogate.ask(source.picture());
        }
    }

    /** Asks what a picture file shows. */
    void interrogateFile(Path file) {
        background.run(
                () -> services.pictures().read(file),
                interrogate::ask,
                e -> queue.addNotice(e instanceof GessoException known ? known.sentence() : String.valueOf(e)));
    }

    /** Puts words behind the prompt that is there. */
    void addToPrompt(String words) {
        String now = recipe.prompt().get().strip();
        recipe.prompt().set(now.isEmpty() ? words : now.replaceFirst(",$", "") + ", " + words);
    }

    /** Where the ControlNets' pictures come from. */
    ControlSources controlSources() {
        return new ControlSources() {
            @Override
            public ObservableValue<@Nullable SourcePicture> reworked() {
                return recipe.rework().sourceProperty();
            }

            @Override
            public Size output() {
                return recipe.size().orNative();
            }

            @Override
            public void sizeChanges(Runnable action) {
                recipe.size().width().onChange(action);
                recipe.size().height().onChange(action);
            }

            @Override
            public void choosePicture(ControlUnitModel unit) {
                services.dialogs().picture("Gesso").ifPresent(file -> intake.control(unit, file));
            }
        };
    }

    @Override
    public void chooseMask() {
        services.dialogs().picture("Gesso").ifPresent(intake::maskFile);
    }

    /** The newest picture's seed, or nothing where there is no picture yet. */
    public void reuseSeed() {
        results.newest().ifPresent(made -> recipe.useSeed(made.request().seeds().seed()));
    }

    private void accept(JobEvent event) {
        if (!QueueModel.shows(event.job())) {
            interrogate.accept(event);
            return;
        }
        queue.accept(event);
        upscales.accept(event);
        if (!event.job().generates()) {
            return;
        }
        batch.accept(event);
        canvas.accept(event);
        if (event instanceof JobEvent.Saved saved) {
            gallery.saved(saved.file());
            results.add(
                    new MadePicture(saved.file(), saved.picture().request()),
                    saved.picture().picture());
        }
    }
}
