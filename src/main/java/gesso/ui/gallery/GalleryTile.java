package gesso.ui.gallery;

import gesso.library.gallery.GalleryPicture;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** One picture in the grid, used again for another one as the grid is scrolled. */
final class GalleryTile extends StackPane {
    static final double SIDE = 160;
    private static final double ROOM = 12;
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass PICKED = PseudoClass.getPseudoClass("picked");

    private final ImageView view = new ImageView();
    private final Label stars = new Label();
    private final Label many = new Label();
    private int place = -1;
    private @Nullable GalleryPicture picture;

    GalleryTile() {
        getStyleClass().add("gallery-tile");
        setMinSize(SIDE, SIDE);
        setPrefSize(SIDE, SIDE);
        setMaxSize(SIDE, SIDE);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        view.setPreserveRatio(true);
        view.setFitWidth(SIDE - ROOM);
        view.setFitHeight(SIDE - ROOM);
        stars.getStyleClass().add("tile-stars");
        many.getStyleClass().add("tile-many");
        StackPane.setAlignment(stars, Pos.BOTTOM_LEFT);
        StackPane.setAlignment(many, Pos.TOP_RIGHT);
        getChildren().addAll(view, stars, many);
    }

    int place() {
        return place;
    }

    @Nullable
    GalleryPicture picture() {
        return picture;
    }

    void show(int newPlace, @Nullable GalleryPicture now, Thumbnails thumbnails, boolean selected, boolean picked) {
        place = newPlace;
        picture = now;
        view.setImage(now == null ? null : thumbnails.get(now.file()));
        int rating = now == null ? 0 : now.marks().rating();
        stars.setText("★".repeat(rating));
        stars.setVisible(rating > 0);
        many.setText(now == null ? "" : String.valueOf(now.inJob()));
        many.setVisible(now != null && now.inJob() > 1);
        pseudoClassStateChanged(SELECTED, selected);
        pseudoClassStateChanged(PICKED, picked);
        setAccessibleText(
                now == null
                        ? null
                        : (now.prompt().isEmpty() ? String.valueOf(now.file().getFileName()) : now.prompt()));
    }
}
