package gesso.ui.control;

import gesso.request.Picture;
import gesso.ui.common.Background;
import gesso.ui.common.Newest;
import gesso.ui.common.Parts;
import gesso.ui.common.PictureImage;
import gesso.ui.common.Setting;
import gesso.ui.common.SourcePicture;
import gesso.ui.common.Words;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A unit's picture, and beside it what its network will see, drawn anew as the sliders move. */
final class ControlPreview extends HBox {
    private static final double SIDE = 120;

    /** Enough for a screen of two pixels a point. */
    private static final int DRAWN = 240;

    private final ControlUnitModel unit;
    private final ControlSources sources;
    private final ImageView picture = view();
    private final ImageView drawing = view();
    private final Newest<Image> pictures;
    private final Newest<Image> drawings;

    ControlPreview(Words words, ControlUnitModel unit, Background background, ControlSources sources) {
        this.unit = unit;
        this.sources = sources;
        getStyleClass().add("control-preview");
        drawing.setId(unit.network().name() + "-drawing");
        Label none = Parts.quiet(null);
        none.setWrapText(true);
        none.textProperty().bind(words.text("control.drop"));
        StackPane left = frame(picture);
        none.visibleProperty().bind(picture.imageProperty().isNull());
        left.getChildren().add(none);
        getChildren().addAll(named(words, "control.picture", left), named(words, "control.sees", frame(drawing)));
        pictures = new Newest<>(background, picture::setImage, e -> picture.setImage(null));
        drawings = new Newest<>(background, drawing::setImage, e -> drawing.setImage(null));
        unit.pictureProperty().addListener((property, old, now) -> draw());
        sources.reworked().addListener((property, old, now) -> draw());
        sources.sizeChanges(this::redraw);
        for (Setting setting : unit.settings()) {
            setting.onChange(this::redraw);
        }
        sceneProperty().addListener((property, old, now) -> draw());
    }

    private static ImageView view() {
        ImageView view = new ImageView();
        view.setPreserveRatio(true);
        view.setFitWidth(SIDE);
        view.setFitHeight(SIDE);
        return view;
    }

    private static StackPane frame(ImageView view) {
        StackPane frame = new StackPane(view);
        frame.getStyleClass().add("control-frame");
        frame.setMinSize(0, SIDE);
        frame.setPrefSize(SIDE, SIDE);
        return frame;
    }

    private static VBox named(Words words, String key, Region shown) {
        Label name = Parts.quiet(null);
        name.textProperty().bind(words.text(key));
        VBox box = new VBox(name, shown);
        box.setPrefWidth(1);
        HBox.setHgrow(box, Priority.ALWAYS);
        return box;
    }

    private @Nullable Picture source() {
        SourcePicture own = unit.pictureProperty().get();
        SourcePicture reworked = sources.reworked().getValue();
        return own != null ? own.picture() : reworked != null ? reworked.picture() : null;
    }

    private void draw() {
        Picture source = source();
        if (source == null) {
            pictures.forget();
            picture.setImage(null);
        } else {
            pictures.ask(() -> PictureImage.image(PictureImage.reduced(source, DRAWN)));
        }
        redraw();
    }

    private void redraw() {
        Picture source = source();
        // Of a unit that was removed nothing is seen any more.
        ControlUnitModel.Drawing wanted =
                source == null || getScene() == null ? null : unit.drawing(source, sources.output());
        if (wanted == null) {
            drawings.forget();
            drawing.setImage(null);
        } else {
            drawings.ask(() -> PictureImage.image(PictureImage.reduced(wanted.draw(), DRAWN)));
        }
    }
}
