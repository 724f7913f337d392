package gesso.ui;

import gesso.job.JobQueue;
import gesso.ui.canvas.CanvasCommands;
import gesso.ui.canvas.CanvasKeys;
import gesso.ui.canvas.CanvasView;
import gesso.ui.canvas.EmptyStudio;
import gesso.ui.canvas.LayersPanel;
import gesso.ui.canvas.PictureActions;
import gesso.ui.canvas.Repaints;
import gesso.ui.common.Command;
import gesso.ui.common.EdgeHandle;
import gesso.ui.common.Fonts;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Parts;
import gesso.ui.common.Theme;
import gesso.ui.common.ToggleSetting;
import gesso.ui.common.Words;
import gesso.ui.control.ControlView;
import gesso.ui.drop.DropTargets;
import gesso.ui.drop.Incoming;
import gesso.ui.gallery.ResultStrip;
import gesso.ui.generate.GenerateBar;
import gesso.ui.generate.PromptReadingView;
import gesso.ui.generate.RecipeView;
import gesso.ui.generate.ReworkView;
import gesso.ui.generate.TokenCount;
import gesso.ui.generate.UpscaleView;
import gesso.ui.interrogate.InterrogateView;
import gesso.ui.models.ModelsView;
import gesso.ui.palette.Palette;
import gesso.ui.preset.PresetView;
import gesso.ui.queue.Notices;
import gesso.ui.queue.QueueView;
import gesso.ui.tour.Tour;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** The studio's window: its parts, put together. Made and used on the FX thread. */
public final class StudioWindow {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final Duration UNTIL_SEEN = Duration.millis(300);
    private static final double SMALLEST_WIDTH = 960;
    private static final double SMALLEST_HEIGHT = 640;

    private final Words words = new Words();
    private final StudioModel model;
    private final ToggleSetting recipePanel;
    private final ToggleSetting resultsPanel;
    private final NumberSetting recipeWidth;
    private final NumberSetting resultsWidth;
    private final BooleanBinding showsResults;
    private final PictureActions actions;
    private final DropTargets drop;
    private final Tour tour = new Tour(words);
    private final BooleanProperty focused = new SimpleBooleanProperty(this, "focused");
    private final BooleanBinding showsRecipe;
    private final Repaints repaints;
    private @Nullable CanvasView canvas;
    private @Nullable PresetView presets;
    private @Nullable RecipeView recipeView;
    private Palette palette = new Palette(words, List::of);

    /** A window over this queue; {@link #show} puts it on the screen. */
    public StudioWindow(JobQueue queue, StudioServices services) {
        model = new StudioModel(queue, services);
        words.languageProperty().set(model.language().chosen());
        model.language()
                .valueProperty()
                .addListener((property, old, now) ->
                        words.languageProperty().set(model.language().chosen()));
        recipePanel = model.memory().keep(new ToggleSetting("panel.recipe", true));
        resultsPanel = model.memory().keep(new ToggleSetting("panel.results", true));
        recipeWidth = model.memory().keep(NumberSetting.whole("panel.recipe.width", 280, 560, 8, 336));
        resultsWidth = model.memory().keep(NumberSetting.whole("panel.results.width", 128, 400, 8, 176));
        showsRecipe = recipePanel.onProperty().and(focused.not());
        showsResults = resultsPanel
                .onProperty()
                .and(focused.not())
                .and(Bindings.or(begun(), model.desk().hasSourceProperty()));
        repaints = new Repaints(model.desk(), model.recipe(), model::generate);
        actions = new PictureActions(
                model.canvas(),
                model.recipe(),
                model.intake()::source,
                model::interrogateFile,
                file -> services.reveal().accept(file),
                () -> model.upscale().openProperty().set(true));
        drop = new DropTargets(words, model.intake());
        model.intake().refuseWith(drop::refuse);
    }

    public StudioModel model() {
        return model;
    }

    /** Fills the stage and shows it. */
    public void show(Stage stage) {
        Scene scene = new Scene(root(), WIDTH, HEIGHT);
        Fonts.toName().ifPresent(family -> scene.getRoot().setStyle("-fx-font-family: \"" + family + "\";"));
        model.theme().chosen().applyTo(scene);
        model.theme().valueProperty().addListener((property, old, now) -> {
            Theme theme = model.theme().chosen();
            theme.applyTo(scene);
        });
        installKeys(scene);
        drop.listenTo(scene.getRoot());
        stage.setScene(scene);
        stage.titleProperty().bind(words.text("window.title"));
        stage.setMinWidth(SMALLEST_WIDTH);
        stage.setMinHeight(SMALLEST_HEIGHT);
        stage.setOnHidden(event -> {
            model.memory().saveNow();
            model.background().close();
            model.gallery().close();
            model.modelLibrary().close();
        });
        stage.show();
        scene.getRoot().lookup("#prompt").requestFocus();
        PauseTransition seen = new PauseTransition(UNTIL_SEEN);
        seen.setOnFinished(event -> model.findDevice());
        seen.play();
    }

    private void installKeys(Scene scene) {
        List<Command> commands = new ArrayList<>(new Shortcuts(model, actions, new WindowParts(scene)).commands());
        CanvasView view = canvas;
        RecipeView recipe = recipeView;
        if (view != null && recipe != null) {
            // First: what is being drawn is given up before what runs is cancelled.
            CanvasKeys.install(scene, model.desk(), model.canvas(), view);
            Shortcuts.install(scene, List.copyOf(commands));
            commands.addAll(CanvasCommands.of(model.desk(), model.canvas(), view, repaints));
            commands.addAll(panels());
            palette = new Palette(words, new Findable(words, model, commands, recipe, this::showRecipe)::entries);
            ((StackPane) scene.getRoot()).getChildren().add(palette);
        }
    }

    private List<Command> panels() {
        return List.of(
                Command.of("panel.recipe", () -> recipePanel.set(!recipePanel.isOn())),
                Command.of("panel.results", () -> resultsPanel.set(!resultsPanel.isOn())),
                Command.of("create", () -> model.inGallery().set(false)),
                Command.of("gallery", () -> model.inGallery().set(true)),
                Command.of(
                        "pictures.open",
                        () -> model.services().reveal().accept(model.services().picturesFolder())));
    }

    private void showRecipe() {
        model.inGallery().set(false);
        focused.set(false);
        recipePanel.set(true);
    }

    /** What the keys ask of the window. */
    private final class WindowParts implements Shortcuts.Parts {
        private final Scene scene;

        WindowParts(Scene scene) {
            this.scene = scene;
        }

        @Override
        public void paste() {
            drop.choose(Incoming.of(Clipboard.getSystemClipboard()));
        }

        @Override
        public void palette() {
            palette.toggle();
        }

        @Override
        public void focusMode() {
            focused.set(!focused.get());
        }

        @Override
        public boolean isOnCanvas() {
            Node owner = scene.getFocusOwner();
            return !model.inGallery().isOn()
                    && !palette.isVisible()
                    && !(owner instanceof TextInputControl)
                    && (focused.get() || owner == null || owner == scene.getRoot() || "picture".equals(owner.getId()));
        }
    }

    /** Whether there was ever a job: an empty studio has no empty panel. */
    private BooleanProperty begun() {
        BooleanProperty begun = new SimpleBooleanProperty();
        model.queue().cards().addListener((Observable cards) -> begun.set(true));
        return begun;
    }

    private StackPane root() {
        HBox middle = new HBox(recipe(), edge(showsRecipe, recipeWidth, 1), canvas());
        middle.getChildren().addAll(edge(showsResults, resultsWidth, -1), side());
        BorderPane parts = new BorderPane();
        parts.setTop(besideFocus(new Header(words, model, recipePanel, resultsPanel)));
        parts.setCenter(new Places(words, model, middle, presets).node());
        parts.setBottom(besideFocus(new StatusLine(words, model)));
        ModelsView models = new ModelsView(words, model.modelLibrary(), model.modelUse());
        StackPane root = new StackPane(parts, models, tour, drop);
        root.getStyleClass().add("studio");
        return root;
    }

    /** Gives way to the canvas where it alone is wanted. */
    private Node besideFocus(Node part) {
        part.visibleProperty().bind(focused.not());
        part.managedProperty().bind(focused.not());
        return part;
    }

    private Node recipe() {
        PresetView presets = new PresetView(
                words,
                model.presets(),
                model.recipe(),
                model.services().dialogs(),
                model.services().library().hash(),
                () -> model.canvas().shownProperty().get());
        this.presets = presets;
        RecipeView view = new RecipeView(
                words,
                model.recipe(),
                model.memory(),
                new TokenCount(model.background(), model.services().tokens()),
                presets,
                new ReworkView(words, model.recipe(), model.memory(), model.background(), model),
                () -> new ControlView(words, model.recipe().control(), model.background(), model.controlSources()),
                () -> new PromptReadingView(
                        words,
                        model.recipe(),
                        model.background(),
                        model.services().prompts()),
                () -> model.modelLibrary().openProperty().set(true),
                model::reuseSeed);
        recipeView = view;
        VBox.setVgrow(view, Priority.ALWAYS);
        GenerateBar bar = new GenerateBar(words, model.recipe(), model.queue(), model::generate, model::cancel);
        return panel(new VBox(view, steer(), bar), showsRecipe, recipeWidth);
    }

    /** There while the picture that forms could go on as the recipe says now. */
    private Node steer() {
        Button steer = new Button();
        steer.setId("steer");
        steer.getStyleClass().add("small");
        steer.textProperty().bind(words.text("steer"));
        steer.setTooltip(Parts.hint(words, "steer.hint"));
        steer.setMaxWidth(Double.MAX_VALUE);
        steer.setOnAction(event -> model.steering().apply());
        VBox box = new VBox(steer);
        box.getStyleClass().add("generate-bar");
        box.visibleProperty().bind(model.steering().possibleProperty());
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    private Node canvas() {
        EmptyStudio empty =
                new EmptyStudio(words, prompt -> model.recipe().prompt().set(prompt), tour::begin);
        CanvasView view = new CanvasView(words, model.canvas(), model.desk(), repaints, actions, empty);
        canvas = view;
        VBox.setVgrow(view, Priority.ALWAYS);
        InterrogateView interrogate = new InterrogateView(
                words,
                model.interrogate(),
                model::addToPrompt,
                prompt -> model.recipe().prompt().set(prompt));
        // What is said beneath must stay in sight: the canvas gives way, however many tools it has.
        view.setMinHeight(0);
        UpscaleView upscale = new UpscaleView(words, model.upscale(), model::startUpscale);
        upscale.setMinHeight(Region.USE_PREF_SIZE);
        interrogate.setMinHeight(Region.USE_PREF_SIZE);
        VBox middle = new VBox(view, upscale, interrogate, new Notices(words, model.queue()));
        middle.setMinWidth(0);
        HBox.setHgrow(middle, Priority.ALWAYS);
        return middle;
    }

    private Node side() {
        ResultStrip strip = new ResultStrip(words, model.results(), model.canvas(), actions);
        VBox.setVgrow(strip, Priority.ALWAYS);
        return panel(
                new VBox(
                        new LayersPanel(words, model.desk()),
                        strip,
                        new QueueView(words, model.queue(), model.services().reveal())),
                showsResults,
                resultsWidth);
    }

    private static Region panel(Region content, ObservableBooleanValue shown, NumberSetting width) {
        content.getStyleClass().add("panel");
        content.prefWidthProperty().bind(width.valueProperty());
        content.setMinWidth(Region.USE_PREF_SIZE);
        content.setMaxWidth(Region.USE_PREF_SIZE);
        content.visibleProperty().bind(shown);
        content.managedProperty().bind(shown);
        return content;
    }

    private static Node edge(ObservableBooleanValue shown, NumberSetting width, int direction) {
        EdgeHandle edge = new EdgeHandle(width, direction);
        edge.visibleProperty().bind(shown);
        edge.managedProperty().bind(shown);
        return edge;
    }
}
