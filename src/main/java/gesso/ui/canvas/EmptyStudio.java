package gesso.ui.canvas;

import gesso.ui.common.Words;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.StringBinding;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/** What an empty studio shows: a few prompts to click, each with the picture it made. */
public final class EmptyStudio extends VBox {
    private static final double SIDE = 96;
    private static final double CORNER = 6;
    private static final int COLUMNS = 3;

    /**
     * The samples, and a way into the tour.
     *
     * @param use takes a sample's prompt, as it reads in the language of the moment
     * @param tour begins the tour
     */
    public EmptyStudio(Words words, Consumer<String> use, Runnable tour) {
        getStyleClass().add("empty-studio");
        setAlignment(Pos.CENTER);
        setPickOnBounds(false);
        Label title = new Label();
        title.getStyleClass().add("empty-title");
        title.textProperty().bind(words.text("empty.title"));
        TilePane samples = new TilePane();
        samples.getStyleClass().add("samples");
        samples.setPrefColumns(COLUMNS);
        samples.setAlignment(Pos.CENTER);
        samples.setMaxWidth(COLUMNS * (SIDE + 56));
        for (String key : List.of(
                "sample.owl", "sample.apple", "sample.sailboat", "sample.panda", "sample.cake", "sample.sunflower")) {
            samples.getChildren().add(sample(words.text(key), key, use));
        }
        Label drop = new Label();
        drop.getStyleClass().add("quiet-text");
        drop.textProperty().bind(words.text("empty.drop"));
        Hyperlink round = new Hyperlink();
        round.setId("tour-begin");
        round.textProperty().bind(words.text("tour.begin"));
        round.setOnAction(event -> tour.run());
        getChildren().addAll(title, samples, drop, round);
    }

    private static Button sample(StringBinding prompt, String key, Consumer<String> use) {
        Button button = new Button();
        button.setId(key);
        button.getStyleClass().addAll("flat", "sample");
        button.textProperty().bind(prompt);
        button.setContentDisplay(ContentDisplay.TOP);
        button.setWrapText(true);
        String file = "/gesso/ui/samples/" + key.substring(key.indexOf('.') + 1) + ".png";
        ImageView picture = new ImageView(
                new Image(String.valueOf(EmptyStudio.class.getResource(file)), 2 * SIDE, 2 * SIDE, true, true, true));
        picture.setFitWidth(SIDE);
        picture.setFitHeight(SIDE);
        Rectangle rounded = new Rectangle(SIDE, SIDE);
        rounded.setArcWidth(2 * CORNER);
        rounded.setArcHeight(2 * CORNER);
        picture.setClip(rounded);
        button.setGraphic(picture);
        button.setOnAction(event -> use.accept(prompt.get()));
        return button;
    }
}
