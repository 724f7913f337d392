package gesso.ui.queue;

import gesso.ui.common.Words;
import java.util.HashMap;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/** The jobs, a card each; takes no room while there is none. */
public final class QueueView extends VBox {
    private static final double HIGHEST = 320;

    public QueueView(Words words, QueueModel model) {
        getStyleClass().add("queue");
        Label title = new Label();
        title.getStyleClass().add("section-title");
        title.textProperty().bind(words.text("queue", Bindings.size(model.cards())));
        VBox cards = new VBox();
        cards.getStyleClass().add("cards");
        ScrollPane scroll = new ScrollPane(cards);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        // As high as the cards, as far as that goes; the results above take what is left.
        scroll.prefHeightProperty().bind(Bindings.min(HIGHEST, cards.heightProperty()));
        scroll.minHeightProperty().bind(scroll.prefHeightProperty());
        scroll.getStyleClass().add("recipe-scroll");
        getChildren().addAll(title, scroll);
        Map<JobCard, Node> views = new HashMap<>();
        ListChangeListener<JobCard> follow = change -> {
            views.keySet().retainAll(model.cards());
            cards.getChildren()
                    .setAll(model.cards().stream()
                            .map(card -> views.computeIfAbsent(card, c -> new JobCardView(words, model, c)))
                            .toList());
        };
        model.cards().addListener(follow);
        visibleProperty().bind(Bindings.isNotEmpty(model.cards()));
        managedProperty().bind(visibleProperty());
    }
}
