package gesso.ui.canvas;

import gesso.canvas.Change;
import gesso.canvas.Layer;
import gesso.canvas.LayerKind;
import gesso.canvas.Look;
import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Slider;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The layers, the highest first: seen or not, chosen by a click; the chosen one's opacity, order and end. */
public final class LayersPanel extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final Words words;
    private final Desk desk;
    private final VBox rows = new VBox();

    public LayersPanel(Words words, Desk desk) {
        this.words = words;
        this.desk = desk;
        getStyleClass().add("layers");
        Label title = new Label();
        title.getStyleClass().add("section-title");
        title.textProperty().bind(words.text("layers"));
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        HBox top = new HBox(title, add());
        top.getStyleClass().add("layers-top");
        getChildren().addAll(top, rows, tools());
        visibleProperty().bind(desk.hasSourceProperty());
        managedProperty().bind(visibleProperty());
        desk.revisionProperty().addListener((property, old, now) -> fill());
        desk.activeProperty().addListener((property, old, now) -> fill());
        words.languageProperty().addListener((property, old, now) -> fill());
        fill();
    }

    private MenuButton add() {
        MenuButton add = new MenuButton();
        add.getStyleClass().addAll("button-icon", "flat", "quiet", "no-arrow");
        add.setGraphic(new FontIcon(Feather.PLUS));
        add.setId("layer-add");
        add.accessibleTextProperty().bind(words.text("layer.add"));
        add.setTooltip(Parts.hint(words, "layer.add"));
        add.getItems()
                .addAll(
                        item(
                                "layer.paint",
                                () -> desk.activate(desk.add(LayerKind.PAINT, new Look("", true, 1, 0, 0), null))),
                        item("layer.control", () -> desk.startControlDrawing("")),
                        item("layer.strength", desk::startStrengthMap),
                        item("layer.mask", desk::startMask));
        return add;
    }

    private MenuItem item(String key, Runnable action) {
        MenuItem item = new MenuItem();
        item.textProperty().bind(words.text(key));
        item.setId(key.replace('.', '-'));
        item.setOnAction(event -> action.run());
        return item;
    }

    private HBox tools() {
        HBox row = new HBox(
                Parts.iconButton(words, "layer.up", Feather.CHEVRON_UP, () -> move(1)),
                Parts.iconButton(words, "layer.down", Feather.CHEVRON_DOWN, () -> move(-1)),
                Parts.iconButton(words, "layer.merge", Feather.DOWNLOAD, desk::mergeDown),
                Parts.iconButton(words, "layer.remove", Feather.TRASH_2, this::remove));
        row.getStyleClass().add("layer-tools");
        return row;
    }

    private void move(int by) {
        List<Layer> all = desk.document().layers();
        int from = all.indexOf(desk.activeProperty().get());
        int to = from + by;
        if (from >= 0 && to >= 0 && to < all.size()) {
            desk.perform(new Change.Order(from, to));
        }
    }

    private void remove() {
        Layer layer = desk.activeProperty().get();
        int index = desk.document().layers().indexOf(layer);
        if (layer != null && index >= 0) {
            desk.perform(new Change.Presence(layer, index, false));
        }
    }

    private void fill() {
        rows.getChildren().clear();
        List<Layer> all = desk.document().layers();
        for (int i = all.size() - 1; i >= 0; i--) {
            rows.getChildren().add(row(all.get(i)));
        }
    }

    private HBox row(Layer layer) {
        Look look = layer.look();
        Button eye = Parts.iconButton(
                words,
                "layer.visible",
                look.visible() ? Feather.EYE : Feather.EYE_OFF,
                () -> look(layer, look.withVisible(!look.visible())));
        eye.getStyleClass().add("small-icon");
        Label name = new Label(look.name().isEmpty() ? words.get(kind(layer.kind())) : look.name());
        name.setMaxWidth(Double.MAX_VALUE);
        name.setMinWidth(0);
        HBox.setHgrow(name, Priority.ALWAYS);
        Slider opacity = new Slider(0, 1, look.opacity());
        opacity.getStyleClass().addAll("small", "layer-opacity");
        opacity.setFocusTraversable(false);
        opacity.accessibleTextProperty().bind(words.text("brush-opacity"));
        opacity.setTooltip(Parts.hint(words, "brush-opacity"));
        opacity.valueProperty().addListener((property, old, now) -> {
            desk.document().show(layer, look.withOpacity(now.doubleValue()));
        });
        opacity.setOnMouseReleased(event -> {
            if (opacity.getValue() != look.opacity()) {
                desk.painted(new Change.Looks(layer.id(), look, look.withOpacity(opacity.getValue())));
            }
        });
        HBox row = new HBox(eye, name, opacity);
        row.getStyleClass().add("layer");
        row.setId("layer-" + layer.id());
        row.pseudoClassStateChanged(CHOSEN, layer == desk.activeProperty().get());
        name.setOnMousePressed(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                desk.activate(layer);
            }
        });
        return row;
    }

    private void look(Layer layer, Look after) {
        desk.perform(new Change.Looks(layer.id(), layer.look(), after));
    }

    private static String kind(LayerKind kind) {
        return switch (kind) {
            case SOURCE -> "layer.source";
            case RESULT -> "layer.result";
            case PAINT -> "layer.paint";
            case REFERENCE -> "layer.reference";
            case CONTROL -> "layer.control";
            case STRENGTH -> "layer.strength";
            case MASK -> "layer.mask";
        };
    }
}
