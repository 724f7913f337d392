package gesso.ui.interrogate;

import gesso.request.WordGroup;
import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import gesso.ui.interrogate.InterrogateModel.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** What a picture shows, in words to pick from, and the prompt that those make; not there while nothing was asked. */
public final class InterrogateView extends VBox {
    private final Words words;
    private final InterrogateModel model;
    private final VBox groups = new VBox();
    private final Map<Chip, ChipView> views = new HashMap<>();
    private List<Chip> seen = List.of();

    /**
     * Follows the model.
     *
     * @param add puts words behind the prompt
     * @param replace puts them in its place
     */
    public InterrogateView(Words words, InterrogateModel model, Consumer<String> add, Consumer<String> replace) {
        this.words = words;
        this.model = model;
        getStyleClass().add("interrogate");
        setId("interrogate-panel");
        groups.getStyleClass().add("chip-groups");
        ScrollPane scroll = new ScrollPane(groups);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("recipe-scroll", "chip-scroll");
        BooleanBinding found = model.phaseProperty().isEqualTo(Phase.FOUND);
        shown(scroll, found);
        getChildren().addAll(top(), working(), problem(), notices(), scroll, end(add, replace, found));
        model.chips().addListener((Observable changed) -> fill());
        words.languageProperty().addListener((property, old, now) -> refill());
        shown(this, model.phaseProperty().isNotEqualTo(Phase.NONE));
    }

    private Node top() {
        Label title = new Label();
        title.textProperty().bind(words.text("interrogate.title"));
        title.getStyleClass().add("interrogate-title");
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        Button close = Parts.iconButton(words, "interrogate.close", Feather.X, model::close);
        close.setId("interrogate-close");
        HBox top = new HBox(title, between, close);
        top.getStyleClass().add("control-top");
        return top;
    }

    private Node working() {
        ProgressBar bar = new ProgressBar();
        bar.getStyleClass().add("small");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.progressProperty().bind(model.partProperty());
        HBox.setHgrow(bar, Priority.ALWAYS);
        Label task = Parts.quiet("interrogate-task");
        task.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> model.taskProperty().get().isEmpty()
                                ? words.get("progress.starting")
                                : model.taskProperty().get(),
                        model.taskProperty(),
                        words.languageProperty()));
        HBox row = new HBox(bar, task);
        row.getStyleClass().add("control-top");
        shown(row, model.phaseProperty().isEqualTo(Phase.WORKING));
        return row;
    }

    private Node problem() {
        Label label = new Label();
        label.setId("interrogate-problem");
        label.getStyleClass().add("problem");
        label.setWrapText(true);
        model.problemProperty().addListener((property, old, now) -> {
            label.textProperty().unbind();
            if (now != null) {
                label.textProperty().bind(now.text(words));
            }
        });
        shown(label, Bindings.isNotNull(model.problemProperty()));
        return label;
    }

    private Node notices() {
        Label label = Parts.quiet("interrogate-notices");
        label.setWrapText(true);
        label.textProperty()
                .bind(Bindings.createStringBinding(() -> String.join("\n", model.notices()), model.notices()));
        shown(label, Bindings.isNotEmpty(model.notices()));
        return label;
    }

    private Node end(Consumer<String> add, Consumer<String> replace, BooleanBinding found) {
        Label prompt = new Label();
        prompt.setId("interrogate-prompt");
        prompt.setWrapText(true);
        prompt.setMaxWidth(Double.MAX_VALUE);
        prompt.textProperty().bind(Bindings.createStringBinding(model::prompt, model.chips()));
        HBox.setHgrow(prompt, Priority.ALWAYS);
        Button use = button("interrogate.use", () -> add.accept(model.prompt()));
        use.getStyleClass().add("accent");
        Button instead = button("interrogate.replace", () -> replace.accept(model.prompt()));
        HBox end = new HBox(prompt, instead, use);
        end.getStyleClass().add("interrogate-end");
        shown(end, found);
        return end;
    }

    private Button button(String key, Runnable action) {
        Button button = new Button();
        button.setId(key.replace('.', '-'));
        button.textProperty().bind(words.text(key));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> {
            action.run();
            model.close();
        });
        return button;
    }

    private void refill() {
        seen = List.of();
        views.clear();
        fill();
    }

    /** Shows the words; a switch or a weight alone moves none of them. */
    private void fill() {
        List<Chip> now = List.copyOf(model.chips());
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        List<Node> rows = new ArrayList<>();
        views.keySet().retainAll(now);
        for (WordGroup group : WordGroup.values()) {
            List<Chip> chips = model.of(group);
            if (!chips.isEmpty()) {
                rows.add(row(group, chips));
            }
        }
        groups.getChildren().setAll(rows);
    }

    private Node row(WordGroup group, List<Chip> chips) {
        Label name = Parts.quiet(null);
        name.setText(words.get(GroupTerms.of(group)));
        name.getStyleClass().add("chip-group");
        FlowPane flow = new FlowPane();
        flow.getStyleClass().add("chips");
        chips.forEach(chip -> flow.getChildren().add(views.computeIfAbsent(chip, c -> new ChipView(words, model, c))));
        HBox.setHgrow(flow, Priority.ALWAYS);
        HBox row = new HBox(name, flow);
        row.getStyleClass().add("chip-row");
        return row;
    }

    private static void shown(Node node, BooleanBinding when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }
}
