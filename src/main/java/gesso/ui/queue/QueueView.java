package gesso.ui.queue;

import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The jobs, a card each, in the order they run; takes no room while there is none. */
public final class QueueView extends VBox {
    private static final double HIGHEST = 320;

    private final Words words;
    private final QueueModel model;

    /** @param reveal shows a file in its folder */
    public QueueView(Words words, QueueModel model, Consumer<Path> reveal) {
        this.words = words;
        this.model = model;
        getStyleClass().add("queue");
        VBox cards = new VBox();
        cards.getStyleClass().add("cards");
        ScrollPane scroll = new ScrollPane(cards);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        // As high as the cards, as far as that goes; the results above take what is left.
        scroll.prefHeightProperty().bind(Bindings.min(HIGHEST, cards.heightProperty()));
        scroll.minHeightProperty().bind(scroll.prefHeightProperty());
        scroll.getStyleClass().add("recipe-scroll");
        getChildren().addAll(title(), scroll);
        Map<JobCard, Node> views = new HashMap<>();
        ListChangeListener<JobCard> follow = change -> {
            views.keySet().retainAll(model.cards());
            cards.getChildren()
                    .setAll(model.cards().stream()
                            .map(card -> views.computeIfAbsent(card, c -> new JobCardView(words, model, c, reveal)))
                            .toList());
        };
        model.cards().addListener(follow);
        visibleProperty().bind(Bindings.isNotEmpty(model.cards()));
        managedProperty().bind(visibleProperty());
    }

    private Node title() {
        Label title = new Label();
        title.setMinWidth(Region.USE_PREF_SIZE);
        title.getStyleClass().add("section-title");
        title.textProperty()
                .bind(Bindings.when(model.pausedProperty())
                        .then(words.text("queue.paused", Bindings.size(model.cards())))
                        .otherwise(words.text("queue", Bindings.size(model.cards()))));
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        HBox row = new HBox(title, between, pause(), icon("queue.cancel-all", Feather.X_CIRCLE, model::cancelAll));
        row.getStyleClass().add("queue-title");
        return row;
    }

    private Node pause() {
        Button button = icon("queue.pause", Feather.PAUSE, model::togglePause);
        FontIcon face = new FontIcon();
        face.iconCodeProperty()
                .bind(Bindings.when(model.pausedProperty()).then(Feather.PLAY).otherwise(Feather.PAUSE));
        button.setGraphic(face);
        button.accessibleTextProperty().unbind();
        button.accessibleTextProperty()
                .bind(Bindings.when(model.pausedProperty())
                        .then(words.text("queue.resume"))
                        .otherwise(words.text("queue.pause")));
        button.getTooltip().textProperty().unbind();
        button.getTooltip().textProperty().bind(button.accessibleTextProperty());
        return button;
    }

    private Button icon(String key, Feather icon, Runnable action) {
        Button button = Parts.iconButton(words, key, icon, action);
        button.setId(key.replace('.', '-'));
        button.getStyleClass().add("small-icon");
        return button;
    }
}
