package gesso.ui.control;

import gesso.ui.common.Background;
import gesso.ui.common.Words;
import java.util.HashMap;
import java.util.Map;
import javafx.beans.Observable;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The ControlNet units as cards, and a button for one more. */
public final class ControlView extends VBox {
    /** @param sources what the units' pictures are, and where new ones come from */
    public ControlView(Words words, ControlModel model, Background background, ControlSources sources) {
        getStyleClass().add("fold-part");
        setId("controls");
        Button add = new Button();
        add.setId("control-add");
        add.getStyleClass().addAll("flat", "fold-title");
        add.setGraphic(new FontIcon(Feather.PLUS));
        add.setAlignment(Pos.CENTER_LEFT);
        add.textProperty().bind(words.text("control.add"));
        add.setOnAction(event -> model.add(null));
        VBox cards = new VBox();
        cards.getStyleClass().add("control-cards");
        Map<ControlUnitModel, Node> views = new HashMap<>();
        Runnable fill = () -> {
            views.keySet().retainAll(model.units());
            cards.getChildren()
                    .setAll(model.units().stream()
                            .map(unit -> views.computeIfAbsent(
                                    unit, u -> new ControlUnitView(words, model, u, background, sources)))
                            .toList());
        };
        model.units().addListener((Observable changed) -> {
            if (cards.getChildren().size() != model.units().size()
                    || !views.keySet().containsAll(model.units())) {
                fill.run();
            }
        });
        fill.run();
        getChildren().addAll(cards, add);
    }
}
