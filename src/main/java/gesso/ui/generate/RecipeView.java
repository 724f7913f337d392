package gesso.ui.generate;

import gesso.request.Labelled;
import gesso.ui.common.ChoiceControl;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.Fold;
import gesso.ui.common.Memory;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.NumberControl;
import gesso.ui.common.Parts;
import gesso.ui.common.Setting;
import gesso.ui.common.ToggleSetting;
import gesso.ui.common.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The controls, the ones that everybody changes first and the others in folds. */
public final class RecipeView extends ScrollPane {
    /** The fold's title stays in sight. */
    private static final double ABOVE = 48;

    private final Words words;
    private final RecipeModel recipe;
    private final Memory memory;
    private final Supplier<Node> control;
    private final Supplier<Node> reading;
    private final List<ToggleSetting> folds = new ArrayList<>();

    /**
     * @param tokens shows how long a prompt is
     * @param presets chooses among presets
     * @param rework shows the picture to start from
     * @param control shows the ControlNets
     * @param reading shows what the prompt becomes
     * @param allModels opens the panel of models
     * @param reuseSeed sets the seed to the newest picture's
     */
    public RecipeView(
            Words words,
            RecipeModel recipe,
            Memory memory,
            TokenCount tokens,
            Node presets,
            Node rework,
            Supplier<Node> control,
            Supplier<Node> reading,
            Runnable allModels,
            Runnable reuseSeed) {
        this.words = words;
        this.control = control;
        this.reading = reading;
        this.recipe = recipe;
        this.memory = memory;
        getStyleClass().add("recipe-scroll");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        // Always there, so that nothing moves when a fold opens; without anything to scroll it is not seen.
        setVbarPolicy(ScrollBarPolicy.ALWAYS);
        VBox content = new VBox(
                new PromptView(words, "prompt", "prompt.hint", recipe.prompt(), tokens, 4),
                new PromptView(words, "negative-prompt", "negative-prompt.hint", recipe.negativePrompt(), tokens, 2),
                presets,
                new StyleView(words, recipe.styles()),
                rework,
                models(allModels),
                new SizeView(words, recipe.size()),
                pair(labelled("sampler", recipe.sampler()), labelled("schedule", recipe.schedule())),
                new NumberControl(words, "steps", recipe.steps()),
                new NumberControl(words, "cfg", recipe.cfg()).meaning(Meanings::cfg),
                new SeedView(words, recipe.seed(), recipe::randomSeed, reuseSeed),
                pair(
                        new NumberControl(words, "count", recipe.batchCount()),
                        new NumberControl(words, "batch", recipe.batchSize())),
                groups());
        content.getStyleClass().add("recipe");
        setContent(content);
        recipe.wrongProperty().addListener((property, old, now) -> {
            if (now != null) {
                // A fold may open first; the control can be focused once it is laid out.
                Platform.runLater(() -> focus(now));
            }
        });
    }

    /** The model, and a way to all of them. */
    private Node models(Runnable allModels) {
        Node choice = new ChoiceControl<>(words, "model", recipe.model(), Checkpoint::name);
        HBox.setHgrow(choice, Priority.ALWAYS);
        Button all = Parts.iconButton(words, "models.open", Feather.BOX, allModels);
        all.setId("models-all");
        HBox row = new HBox(choice, all);
        row.setAlignment(Pos.BOTTOM_LEFT);
        row.getStyleClass().add("model-row");
        return row;
    }

    private Node groups() {
        AdvancedViews views = new AdvancedViews(words);
        VBox folds = new VBox(
                controls(),
                fold("fold.networks", List.of(), () -> List.of(new NetworksView(words, recipe))),
                fold("fold.reading", List.of(), () -> List.of(reading.get())),
                fold("fold.hires", recipe.hires().settings(), () -> views.hires(recipe.hires(), recipe.rework())),
                fold("fold.refiner", recipe.refiner().settings(), () -> views.refiner(recipe)),
                fold("fold.variation", recipe.variation().settings(), () -> views.variation(recipe.variation())),
                fold("fold.tuning", recipe.tuning().settings(), () -> views.tuning(recipe.tuning())),
                fold("fold.advanced", recipe.advanced().settings(), () -> views.advanced(recipe.advanced())),
                fold("fold.plot", recipe.plot().settings(), () -> List.of(new PlotView(words, recipe.plot()))));
        folds.getStyleClass().add("folds");
        return folds;
    }

    /** Says how many are on; a unit that is added is seen. */
    private Fold controls() {
        ToggleSetting open = open("fold.control");
        ObservableList<?> units = recipe.control().units();
        units.addListener((ListChangeListener<Object>) change -> {
            while (change.next()) {
                if (change.wasAdded()) {
                    open.set(true);
                    Platform.runLater(this::revealControls);
                }
            }
        });
        StringBinding title = Bindings.createStringBinding(
                () -> recipe.control().active() == 0
                        ? words.get("fold.control")
                        : words.get(
                                "fold.control.on",
                                words.get("fold.control"),
                                recipe.control().active()),
                units,
                words.languageProperty());
        return new Fold(words, title, open, () -> List.of(control.get()));
    }

    private Fold fold(String key, List<Setting> settings, Supplier<List<Node>> content) {
        return new Fold(words, key, open(key), settings, content);
    }

    private ToggleSetting open(String key) {
        ToggleSetting open = memory.keep(new ToggleSetting(key, false));
        folds.add(open);
        return open;
    }

    /** The groups, by whether they are open; the words of a name are under the setting's. */
    public List<ToggleSetting> folds() {
        return List.copyOf(folds);
    }

    /** Opens a group, and brings it into sight. */
    public void open(ToggleSetting fold) {
        fold.set(true);
        Platform.runLater(() -> {
            Node title = lookup("#" + fold.name().replace('.', '-'));
            if (title != null) {
                applyCss();
                layout();
                title.requestFocus();
                revealTop(title);
            }
        });
    }

    /** Brings a setting's control into sight, and gives it the focus. */
    public void show(Setting setting) {
        setting.reveal();
        Platform.runLater(() -> {
            applyCss();
            layout();
            focus(setting);
        });
    }

    private <E extends Enum<E> & Labelled> ChoiceControl<E> labelled(String key, ChoiceSetting<E> setting) {
        return new ChoiceControl<>(words, key, setting, Labelled::label);
    }

    /** Two controls side by side, each half as wide. */
    static HBox pair(Region left, Region right) {
        HBox pair = new HBox(left, right);
        pair.getStyleClass().add("pair");
        for (Region side : List.of(left, right)) {
            side.setPrefWidth(1);
            side.setMinWidth(0);
            HBox.setHgrow(side, Priority.ALWAYS);
        }
        return pair;
    }

    private void revealControls() {
        Node controls = lookup("#controls");
        if (controls != null) {
            applyCss();
            layout();
            revealTop(controls);
        }
    }

    private void focus(Setting setting) {
        Node control = lookup("#" + setting.name());
        if (control != null) {
            control.requestFocus();
            reveal(control);
        }
    }

    /** Scrolls so far that the node begins a little below the upper edge. */
    private void revealTop(Node node) {
        double room = getContent().getBoundsInLocal().getHeight()
                - getViewportBounds().getHeight();
        double at = getContent()
                .sceneToLocal(node.localToScene(node.getBoundsInLocal()))
                .getMinY();
        if (room > 0) {
            setVvalue(Math.max(0, Math.min(1, (at - ABOVE) / room)));
        }
    }

    /** Scrolls so far that the control is seen. */
    private void reveal(Node control) {
        double height = getContent().getBoundsInLocal().getHeight();
        double room = height - getViewportBounds().getHeight();
        double at = getContent()
                .sceneToLocal(control.localToScene(control.getBoundsInLocal()))
                .getCenterY();
        if (room > 0) {
            setVvalue(Math.max(0, Math.min(1, (at - getViewportBounds().getHeight() / 2) / room)));
        }
    }
}
