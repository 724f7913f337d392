package gesso.ui.canvas;

import gesso.canvas.Change;
import gesso.image.Region;
import gesso.request.GenerationRequest;
import gesso.request.SeedSettings;
import gesso.request.Turn;
import gesso.ui.canvas.PictureArea.Comparison;
import gesso.ui.common.MadePicture;
import gesso.ui.common.Parts;
import gesso.ui.common.PictureImage;
import gesso.ui.common.Words;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The picture, the largest thing in the window, and one line of what it is and what can be done with it. */
public final class CanvasView extends VBox {
    private static final double VIEW_NEEDS = 640;
    private static final double ACTIONS_NEED = 520;

    private static final double TURN = 90;

    private final Words words;
    private final CanvasModel model;
    private final Desk desk;
    private final PictureArea area;

    /** @param empty what is seen while there is no picture */
    public CanvasView(
            Words words, CanvasModel model, Desk desk, Repaints repaints, PictureActions actions, Node empty) {
        this.words = words;
        this.model = model;
        this.desk = desk;
        area = new PictureArea(desk);
        getStyleClass().add("canvas");
        BooleanBinding nothing = Bindings.isNull(model.imageProperty())
                .and(Bindings.isNull(model.formingProperty()))
                .and(desk.hasSourceProperty().not());
        empty.visibleProperty().bind(nothing);
        empty.managedProperty().bind(nothing);
        StackPane middle = new StackPane(area, empty, problem());
        middle.setMinSize(0, 0);
        ToolBox tools = new ToolBox(words, desk.tools());
        ToolOptions options = new ToolOptions(words, desk);
        HBox row = new HBox(tools, middle);
        HBox.setHgrow(middle, Priority.ALWAYS);
        VBox.setVgrow(row, Priority.ALWAYS);
        for (Node part : List.of(tools, options)) {
            part.visibleProperty().bind(desk.hasSourceProperty());
            part.managedProperty().bind(desk.hasSourceProperty());
        }
        getChildren().addAll(options, row, bar(actions, repaints, empty));
        model.imageProperty().addListener((property, old, now) -> show());
        model.formingProperty().addListener((property, old, now) -> show());
        model.placeProperty().addListener((property, old, now) -> show());
        desk.hasSourceProperty().addListener((property, old, now) -> {
            if (now) {
                model.putAside();
                area.fit();
            }
            show();
        });
        desk.revisionProperty().addListener((property, old, now) -> area.requestLayout());
        desk.usedProperty().addListener((property, old, now) -> area.setUsed(now));
        area.setId("picture");
        area.setFocusTraversable(true);
        area.accessibleTextProperty().bind(words.text("canvas.picture"));
        area.setOnMousePressed(event -> area.requestFocus());
        area.setOnDragDetected(event -> {
            MadePicture made = model.shownProperty().get();
            if (area.isFitted() && made != null && model.placeProperty().get() == null) {
                actions.dragOut(area, made, model.imageProperty().get());
            }
        });
        show();
    }

    PictureArea area() {
        return area;
    }

    private void show() {
        Image image = model.imageProperty().get();
        GenerationRequest forming = model.formingProperty().get();
        Region place = model.placeProperty().get();
        if (forming != null && (image != null || place == null)) {
            area.show(image, forming.size().width(), forming.size().height(), place);
        } else if (image != null) {
            Rectangle2D picture = PictureImage.inside(image);
            area.show(image, picture.getWidth(), picture.getHeight(), place);
        } else {
            area.show(null, 0, 0, null);
        }
    }

    /** The candidate becomes a layer. Returns whether there was one. */
    boolean accept() {
        Image image = model.imageProperty().get();
        Region place = model.placeProperty().get();
        MadePicture made = model.shownProperty().get();
        if (image == null || place == null || made == null) {
            return false;
        }
        desk.accept(
                PictureImage.picture(PictureImage.withoutEdge(image)),
                place,
                String.valueOf(made.file().getFileName()));
        area.compare(PictureArea.Comparison.NONE);
        model.putAside();
        return true;
    }

    void toggleMask() {
        desk.maskLayer()
                .ifPresent(mask -> desk.perform(new Change.Looks(
                        mask.id(),
                        mask.look(),
                        mask.look().withVisible(!mask.look().visible()))));
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

    private Node bar(PictureActions actions, Repaints repaints, Node empty) {
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
        actual.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        Button mirror = Parts.iconButton(words, "canvas.mirror", Feather.COLUMNS, area::mirror);
        Button turn = Parts.iconButton(words, "canvas.turn", Feather.ROTATE_CW, () -> area.turn(TURN));
        RepaintBar repaint = new RepaintBar(words, desk, repaints);
        Node buttons = actions.buttons(words);
        BooleanBinding works = Bindings.isNull(model.shownProperty())
                .and(Bindings.isNull(model.formingProperty()))
                .and(desk.hasSourceProperty());
        repaint.visibleProperty().bind(works);
        repaint.managedProperty().bind(works);
        HBox bar = new HBox(zoom, fit, actual, mirror, turn, facts, candidate(), live(), repaint, buttons);
        bar.getStyleClass().add("canvas-bar");
        bar.setMinWidth(0);
        // What has a key and a name in the palette gives way first.
        for (Node view : List.of(fit, actual, mirror, turn, facts)) {
            shown(view, bar.widthProperty().greaterThan(VIEW_NEEDS));
        }
        shown(
                buttons,
                works.not()
                        .and(bar.widthProperty().greaterThan(ACTIONS_NEED).or(Bindings.isNull(model.placeProperty()))));
        bar.visibleProperty().bind(empty.visibleProperty().not());
        return bar;
    }

    private static void shown(Node node, BooleanBinding when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }

    /** What can be done with a result that lies over the canvas. */
    private Node candidate() {
        Button accept = new Button();
        accept.setId("accept");
        accept.getStyleClass().addAll("small", "accent");
        accept.textProperty().bind(words.text("candidate.accept"));
        accept.setTooltip(Parts.hint(words, "candidate.accept.hint"));
        accept.setOnAction(event -> accept());
        accept.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        Button aside = new Button();
        aside.setId("put-aside");
        aside.getStyleClass().addAll("flat", "quiet");
        aside.textProperty().bind(words.text("candidate.aside"));
        aside.setTooltip(Parts.hint(words, "candidate.aside.hint"));
        aside.setOnAction(event -> model.putAside());
        aside.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        Button slider = Parts.iconButton(words, "candidate.slider", Feather.SLIDERS, () -> toggle(Comparison.SLIDER));
        slider.setGraphic(new FontIcon(Feather.CODE));
        slider.setId("compare-slider");
        Button difference =
                Parts.iconButton(words, "candidate.difference", Feather.LAYERS, () -> toggle(Comparison.DIFFERENCE));
        difference.setId("compare-difference");
        HBox row = new HBox(slider, difference, aside, accept);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setSpacing(4);
        BooleanBinding over = Bindings.isNotNull(model.shownProperty()).and(desk.hasSourceProperty());
        BooleanBinding placed = over.and(Bindings.isNotNull(model.placeProperty()));
        row.visibleProperty().bind(over);
        row.managedProperty().bind(over);
        for (Node part : List.of(slider, difference, accept)) {
            part.visibleProperty().bind(placed);
            part.managedProperty().bind(placed);
        }
        return row;
    }

    private void toggle(Comparison comparison) {
        area.compare(area.comparison() == comparison ? Comparison.NONE : comparison);
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
        String facts = words.get(
                "canvas.facts",
                request.size().width() + "×" + request.size().height(),
                request.sampling().sampler().label(),
                request.sampling().steps(),
                request.sampling().cfgScale(),
                seed == SeedSettings.RANDOM ? words.get("seed.random") : seed);
        for (Turn turn : request.turns()) {
            facts += " · " + words.get("canvas.turned", turn.after(), turned(turn));
        }
        return facts;
    }

    /** What a turn changes, in a few words. */
    private static String turned(Turn turn) {
        return Stream.of(
                        turn.prompt(), turn.negativePrompt(), turn.cfgScale() == null ? null : "CFG " + turn.cfgScale())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }
}
