package gesso.ui.canvas;

import gesso.ui.common.MadePicture;
import gesso.ui.common.Parts;
import gesso.ui.common.PictureImage;
import gesso.ui.common.Words;
import gesso.ui.generate.RecipeModel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** What can be done with the finished picture that is on the canvas; nothing, while there is none. */
public final class PictureActions {
    private static final double DRAGGED_SIDE = 96;

    private final CanvasModel canvas;
    private final RecipeModel recipe;
    private final Consumer<Path> rework;
    private final Consumer<Path> interrogate;
    private final Consumer<Path> reveal;
    private final Runnable upscale;

    /**
     * Nothing is done yet.
     *
     * @param rework starts from a file's picture
     * @param interrogate asks what a file's picture shows
     * @param reveal shows a file in the desktop's file manager
     * @param upscale asks how much larger the picture is to be
     */
    public PictureActions(
            CanvasModel canvas,
            RecipeModel recipe,
            Consumer<Path> rework,
            Consumer<Path> interrogate,
            Consumer<Path> reveal,
            Runnable upscale) {
        this.canvas = canvas;
        this.recipe = recipe;
        this.rework = rework;
        this.interrogate = interrogate;
        this.reveal = reveal;
        this.upscale = upscale;
    }

    /** Sets every control to what made the picture. */
    public void reuseSettings() {
        with(made -> recipe.use(made.request()));
    }

    public void reuseSeed() {
        with(made -> recipe.useSeed(made.request().seeds().seed()));
    }

    /** Makes the picture the one to start from. */
    public void rework() {
        with(made -> rework.accept(made.file()));
    }

    /** Asks what the picture shows. */
    public void interrogate() {
        with(made -> interrogate.accept(made.file()));
    }

    /** Asks how much larger the picture is to be. */
    public void upscale() {
        with(made -> upscale.run());
    }

    /** Copies the picture, as pixels and as a file. */
    public void copy() {
        with(made -> {
            ClipboardContent content = new ClipboardContent();
            Image image = canvas.imageProperty().get();
            if (image != null) {
                content.putImage(PictureImage.withoutEdge(image));
            }
            content.putFiles(List.of(made.file().toFile()));
            Clipboard.getSystemClipboard().setContent(content);
        });
    }

    public void reveal() {
        with(made -> reveal.accept(made.file()));
    }

    /** Begins to drag a picture out of the window, as a file. */
    public void dragOut(Node from, MadePicture made, @Nullable Image seen) {
        Dragboard board = from.startDragAndDrop(TransferMode.COPY);
        ClipboardContent content = new ClipboardContent();
        content.putFiles(List.of(made.file().toFile()));
        board.setContent(content);
        ImageView small = new ImageView(seen);
        small.setPreserveRatio(true);
        small.setFitWidth(DRAGGED_SIDE);
        small.setFitHeight(DRAGGED_SIDE);
        board.setDragView(small.snapshot(null, null));
    }

    /** The actions as buttons in a row. */
    HBox buttons(Words words) {
        HBox row = new HBox(
                action(words, "picture.rework", Feather.IMAGE, this::rework),
                action(words, "picture.upscale", Feather.MAXIMIZE_2, this::upscale),
                action(words, "picture.interrogate", Feather.MESSAGE_SQUARE, this::interrogate),
                action(words, "picture.reuse", Feather.SLIDERS, this::reuseSettings),
                action(words, "picture.seed", Feather.HASH, this::reuseSeed),
                action(words, "picture.copy", Feather.COPY, this::copy),
                action(words, "picture.reveal", Feather.FOLDER, this::reveal));
        row.setId("picture-actions");
        row.setAlignment(Pos.CENTER);
        row.disableProperty().bind(Bindings.isNull(canvas.shownProperty()));
        return row;
    }

    private static Button action(Words words, String key, Feather icon, Runnable run) {
        Button button = Parts.iconButton(words, key, icon, run);
        button.setId(key.replace('.', '-'));
        return button;
    }

    private void with(Consumer<MadePicture> action) {
        MadePicture made = canvas.shownProperty().get();
        if (made != null) {
            action.accept(made);
        }
    }
}
