package gesso.ui;

import gesso.job.JobQueue;
import gesso.ui.canvas.CanvasKeys;
import gesso.ui.canvas.CanvasView;
import gesso.ui.canvas.EmptyStudio;
import gesso.ui.canvas.LayersPanel;
import gesso.ui.canvas.PictureActions;
import gesso.ui.canvas.Repaints;
import gesso.ui.common.EdgeHandle;
import gesso.ui.common.Fonts;
import gesso.ui.common.NumberSetting;
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
import gesso.ui.interrogate.InterrogateView;
import gesso.ui.models.ModelsView;
import gesso.ui.preset.PresetView;
import gesso.ui.queue.Notices;
import gesso.ui.queue.QueueView;
import javafx.animation.PauseTransition;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.Scene;
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
    private static final double SMALLEST_WIDTH = 720;
    private static final double SMALLEST_HEIGHT = 480;

    private final Words words = new Words();
    private final StudioModel model;
    private final ToggleSetting recipePanel;
    private final ToggleSetting resultsPanel;
    private final NumberSetting recipeWidth;
    private final NumberSetting resultsWidth;
    private final BooleanBinding showsResults;
    private final PictureActions actions;
    private final DropTargets drop;
    private @Nullable CanvasView canvas;
    private @Nullable PresetView presets;

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
        resultsWidth = model.memory().keep(NumberSetting.whole("panel.results.width", 128, 400, 8, 168));
        showsResults =
                resultsPanel.onProperty().and(Bindings.or(begun(), model.desk().hasSourceProperty()));
        actions = new PictureActions(
                model.canvas(),
                model.recipe(),
                model.intake()::source,
                model::interrogateFile,
                file -> services.reveal().accept(file));
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
        CanvasView view = canvas;
        if (view != null) {
            CanvasKeys.install(scene, model.desk(), model.canvas(), view);
        }
        Shortcuts.install(scene, model, actions, () -> drop.choose(Incoming.of(Clipboard.getSystemClipboard())));
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

    /** Whether there was ever a job: an empty studio has no empty panel. */
    private BooleanProperty begun() {
        BooleanProperty begun = new SimpleBooleanProperty();
        model.queue().cards().addListener((Observable cards) -> begun.set(true));
        return begun;
    }

    private StackPane root() {
        HBox middle = new HBox(recipe(), edge(recipePanel.onProperty(), recipeWidth, 1), canvas());
        middle.getChildren().addAll(edge(showsResults, resultsWidth, -1), side());
        BorderPane parts = new BorderPane();
        parts.setTop(new Header(words, model, recipePanel, resultsPanel));
        parts.setCenter(new Places(words, model, middle, presets).node());
        parts.setBottom(new StatusLine(words, model));
        ModelsView models = new ModelsView(words, model.modelLibrary(), model.modelUse());
        StackPane root = new StackPane(parts, models, drop);
        root.getStyleClass().add("studio");
        return root;
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
                model::reuseSeed);
        VBox.setVgrow(view, Priority.ALWAYS);
        GenerateBar bar = new GenerateBar(words, model.recipe(), model.queue(), model::generate, model::cancel);
        return panel(new VBox(view, bar), recipePanel.onProperty(), recipeWidth);
    }

    private Node canvas() {
        EmptyStudio empty =
                new EmptyStudio(words, prompt -> model.recipe().prompt().set(prompt));
        CanvasView view = new CanvasView(
                words,
                model.canvas(),
                model.desk(),
                new Repaints(model.desk(), model.recipe(), model::generate),
                actions,
                empty);
        canvas = view;
        VBox.setVgrow(view, Priority.ALWAYS);
        InterrogateView interrogate = new InterrogateView(
                words,
                model.interrogate(),
                model::addToPrompt,
                prompt -> model.recipe().prompt().set(prompt));
        // What is said beneath must stay in sight: the canvas gives way, however many tools it has.
        view.setMinHeight(0);
        interrogate.setMinHeight(Region.USE_PREF_SIZE);
        VBox middle = new VBox(view, interrogate, new Notices(words, model.queue()));
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
