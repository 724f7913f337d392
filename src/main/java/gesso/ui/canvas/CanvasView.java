package gesso.ui.canvas;

import gesso.request.GenerationRequest;
import gesso.request.SeedSettings;
import gesso.ui.common.MadePicture;
import gesso.ui.common.Parts;
import gesso.ui.common.PictureImage;
import gesso.ui.common.Words;
import javafx.beans.binding.Bindings;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The picture, the largest thing in the window, and one line of what it is and what can be done with it. */
public final class CanvasView extends VBox {
    private final Words words;
    private final CanvasModel model;
    private final PictureArea area = new PictureArea();

    /** @param empty what is seen while there is no picture */
    public CanvasView(Words words, CanvasModel model, PictureActions actions, Node empty) {
        this.words = words;
        this.model = model;
        getStyleClass().add("canvas");
        empty.visibleProperty()
                .bind(Bindings.isNull(model.imageProperty()).and(Bindings.isNull(model.formingProperty())));
        empty.managedProperty().bind(empty.visibleProperty());
        StackPane middle = new StackPane(area, empty, problem());
        middle.setMinSize(0, 0);
        VBox.setVgrow(middle, Priority.ALWAYS);
        getChildren().addAll(middle, bar(actions, empty));
        model.imageProperty().addListener((property, old, now) -> show());
        model.formingProperty().addListener((property, old, now) -> show());
        area.setId("picture");
        area.setFocusTraversable(true);
        area.accessibleTextProperty().bind(words.text("canvas.picture"));
        area.setOnMousePressed(event -> area.requestFocus());
        area.setOnDragDetected(event -> {
            MadePicture made = model.shownProperty().get();
            if (area.isFitted() && made != null) {
                actions.dragOut(area, made, model.imageProperty().get());
            }
        });
        show();
    }

    private void show() {
        Image image = model.imageProperty().get();
        GenerationRequest forming = model.formingProperty().get();
        if (forming != null) {
            area.show(image, forming.size().width(), forming.size().height());
        } else if (image != null) {
            Rectangle2D picture = PictureImage.inside(image);
            area.show(image, picture.getWidth(), picture.getHeight());
        } else {
            area.show(null, 0, 0);
        }
    }

    private Node problem() {
        Label label = new Label();
        label.getStyleClass().add("canvas-problem");
        label.setWrapText(true);
        model.problemProperty().addListener((property, old, now) -> {
            label.textProperty().unbind();
            label.setText("");
            if (now != null) {
                label.textProperty().bind(now.text(words));
            }
        });
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        return label;
    }

    private Node bar(PictureActions actions, Node empty) {
        Label facts = Parts.quiet("picture-facts");
        facts.textProperty()
                .bind(Bindings.createStringBinding(
                        this::facts, model.shownProperty(), model.formingProperty(), words.languageProperty()));
        facts.setMinWidth(0);
        HBox.setHgrow(facts, Priority.ALWAYS);
        facts.setMaxWidth(Double.MAX_VALUE);
        Label zoom = Parts.quiet("zoom");
        zoom.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> "%.0f %%".formatted(100 * area.scaleProperty().get()), area.scaleProperty()));
        zoom.getStyleClass().add("zoom");
        Button fit = Parts.iconButton(words, "canvas.fit", Feather.MAXIMIZE, area::fit);
        Button actual = new Button("1:1");
        actual.getStyleClass().addAll("flat", "quiet");
        actual.accessibleTextProperty().bind(words.text("canvas.actual"));
        actual.setTooltip(Parts.hint(words, "canvas.actual"));
        actual.setOnAction(event -> area.actualSize());
        actual.setMinWidth(Region.USE_PREF_SIZE);
        HBox bar = new HBox(zoom, fit, actual, facts, live(), actions.buttons(words));
        bar.getStyleClass().add("canvas-bar");
        bar.visibleProperty().bind(empty.visibleProperty().not());
        return bar;
    }

    private Button live() {
        Button live = Parts.iconButton(words, "canvas.live", Feather.EYE, model::follow);
        live.setId("live");
        live.visibleProperty().bind(model.followingProperty().not());
        live.managedProperty().bind(live.visibleProperty());
        return live;
    }

    private String facts() {
        MadePicture shown = model.shownProperty().get();
        GenerationRequest request =
                shown != null ? shown.request() : model.formingProperty().get();
        if (request == null) {
            return "";
        }
        long seed = request.seeds().seed();
        return words.get(
                "canvas.facts",
                request.size().width() + "×" + request.size().height(),
                request.sampling().sampler().label(),
                request.sampling().steps(),
                request.sampling().cfgScale(),
                seed == SeedSettings.RANDOM ? words.get("seed.random") : seed);
    }
}
