package gesso.ui.gallery;

import gesso.request.Picture;
import gesso.ui.common.Background;
import gesso.ui.common.Parts;
import gesso.ui.common.PictureImage;
import gesso.ui.common.PictureReader;
import gesso.ui.common.Words;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.feather.Feather;

/** Two pictures side by side: where one is zoomed or moved, so is the other. */
final class CompareView extends StackPane {
    private static final double LARGEST = 16;

    private final DoubleProperty zoom = new SimpleDoubleProperty(1);
    private final DoubleProperty x = new SimpleDoubleProperty();
    private final DoubleProperty y = new SimpleDoubleProperty();
    private double fromX;
    private double fromY;

    CompareView(Words words, Background background, PictureReader pictures, List<Path> two, Runnable close) {
        setId("compare");
        getStyleClass().add("compare");
        HBox sides = new HBox();
        sides.getStyleClass().add("compare-sides");
        for (Path file : two) {
            VBox side = side(background, pictures, file);
            HBox.setHgrow(side, Priority.ALWAYS);
            sides.getChildren().add(side);
        }
        Button button = Parts.iconButton(words, "close", Feather.X, close);
        button.setId("compare-close");
        StackPane.setAlignment(button, Pos.TOP_RIGHT);
        getChildren().addAll(sides, button);
        setOnScroll(event -> zoomBy(event.getDeltaY() > 0 ? 1.25 : 0.8));
    }

    void zoomBy(double factor) {
        zoom.set(Math.max(1, Math.min(LARGEST, zoom.get() * factor)));
        if (zoom.get() == 1) {
            x.set(0);
            y.set(0);
        }
    }

    private VBox side(Background background, PictureReader pictures, Path file) {
        ImageView view = new ImageView();
        view.setPreserveRatio(true);
        view.scaleXProperty().bind(zoom);
        view.scaleYProperty().bind(zoom);
        view.translateXProperty().bind(x);
        view.translateYProperty().bind(y);
        StackPane frame = new StackPane(view);
        frame.setMinSize(0, 0);
        frame.setPrefSize(1, 1);
        VBox.setVgrow(frame, Priority.ALWAYS);
        view.fitWidthProperty().bind(frame.widthProperty());
        view.fitHeightProperty().bind(frame.heightProperty());
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(frame.widthProperty());
        clip.heightProperty().bind(frame.heightProperty());
        frame.setClip(clip);
        frame.setOnMousePressed(this::grab);
        frame.setOnMouseDragged(this::move);
        Label name = Parts.quiet(null);
        name.setText(String.valueOf(file.getFileName()));
        background.run(
                () -> {
                    Picture picture = pictures.read(file);
                    return PictureImage.image(picture);
                },
                view::setImage,
                e -> name.setText(file.getFileName() + " ✕"));
        VBox side = new VBox(frame, name);
        side.setAlignment(Pos.CENTER);
        side.setPrefWidth(1);
        side.setMinWidth(0);
        return side;
    }

    private void grab(MouseEvent press) {
        fromX = press.getSceneX() - x.get();
        fromY = press.getSceneY() - y.get();
    }

    private void move(MouseEvent drag) {
        x.set(drag.getSceneX() - fromX);
        y.set(drag.getSceneY() - fromY);
    }
}
