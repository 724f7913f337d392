package gesso.ui.common;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** A picture that was brought in, small: its name, its size, what can be done with it, and ✕. */
public final class PictureCard extends HBox {
    private static final double SIDE = 64;

    /** Enough for a screen of two pixels a point. */
    private static final int THUMBNAIL = 128;

    private final Background background;
    private final ObservableValue<@Nullable SourcePicture> shown;
    private final ImageView view = new ImageView();

    /**
     * Follows the picture.
     *
     * @param key the words that name a picture without a name
     * @param removeKey the words of the ✕
     */
    public PictureCard(
            Words words,
            Background background,
            ObservableValue<@Nullable SourcePicture> shown,
            String key,
            String removeKey,
            Runnable remove,
            Node... actions) {
        this.background = background;
        this.shown = shown;
        getStyleClass().add("picture-card");
        view.setPreserveRatio(true);
        view.setFitWidth(SIDE);
        view.setFitHeight(SIDE);
        StackPane frame = new StackPane(view);
        frame.setMinSize(SIDE, SIDE);
        frame.setMaxSize(SIDE, SIDE);
        Label name = new Label();
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setMaxWidth(Double.MAX_VALUE);
        name.setMinWidth(0);
        HBox.setHgrow(name, Priority.ALWAYS);
        name.textProperty().bind(Bindings.createStringBinding(() -> name(words, key), shown, words.languageProperty()));
        Label size = Parts.quiet(null);
        size.textProperty().bind(Bindings.createStringBinding(this::size, shown));
        Button close = Parts.iconButton(words, removeKey, Feather.X, remove);
        close.setId(removeKey.replace('.', '-'));
        close.getStyleClass().add("small-icon");
        HBox top = new HBox(name, close);
        top.setAlignment(Pos.CENTER_LEFT);
        FlowPane row = new FlowPane(actions);
        row.getStyleClass().add("card-actions");
        VBox text = new VBox(top, size, row);
        text.setAlignment(Pos.CENTER_LEFT);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        getChildren().addAll(frame, text);
        shown.addListener((property, old, now) -> follow(now));
        follow(shown.getValue());
    }

    /** A word that is pressed, within a card. */
    public static Button action(Words words, String key, String hint, Runnable action) {
        Button button = new Button();
        button.setId(key.replace('.', '-'));
        button.getStyleClass().addAll("flat", "card-action");
        button.textProperty().bind(words.text(key));
        button.setTooltip(Parts.hint(words, hint));
        button.setOnAction(event -> action.run());
        return button;
    }

    private String name(Words words, String key) {
        SourcePicture now = shown.getValue();
        return now == null || now.name().isEmpty() ? words.get(key) : now.name();
    }

    private String size() {
        SourcePicture now = shown.getValue();
        return now == null ? "" : now.picture().width() + "×" + now.picture().height();
    }

    private void follow(@Nullable SourcePicture now) {
        view.setImage(null);
        if (now != null) {
            background.run(() -> PictureImage.image(PictureImage.reduced(now.picture(), THUMBNAIL)), image -> {
                if (now.equals(shown.getValue())) {
                    view.setImage(image);
                }
            });
        }
    }
}
