package gesso.ui;

import gesso.library.gallery.GalleryPicture;
import gesso.ui.common.Words;
import gesso.ui.drop.Incoming;
import gesso.ui.gallery.GalleryActions;
import gesso.ui.gallery.GalleryView;
import gesso.ui.preset.PresetView;
import java.util.List;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** Where pictures are made, and the gallery over it: one of them is seen. */
final class Places implements GalleryActions {
    private static final double DRAGGED_SIDE = 96;

    private final Words words;
    private final StudioModel model;
    private final Node create;
    private final StackPane both;
    private final @Nullable PresetView presets;
    private @Nullable GalleryView gallery;

    /** @param presets asks for the name of a preset that is made of a picture */
    Places(Words words, StudioModel model, Node create, @Nullable PresetView presets) {
        this.presets = presets;
        this.words = words;
        this.model = model;
        this.create = create;
        both = new StackPane(create);
        model.inGallery().onChange(this::follow);
        // Before the window's own keys, which are the canvas's.
        both.sceneProperty().addListener((property, old, scene) -> {
            if (scene != null) {
                Platform.runLater(() -> scene.getRoot().addEventHandler(KeyEvent.KEY_PRESSED, this::key));
            }
        });
    }

    Node node() {
        return both;
    }

    private void key(KeyEvent key) {
        GalleryView view = gallery;
        if (model.inGallery().isOn() && view != null) {
            view.key(key);
        }
    }

    private void follow() {
        boolean on = model.inGallery().isOn();
        create.setVisible(!on);
        GalleryView view = gallery;
        if (on && view == null) {
            view = new GalleryView(
                    words,
                    model.gallery(),
                    this,
                    model.background(),
                    model.services().pictures());
            gallery = view;
            both.getChildren().add(view);
        }
        if (view != null) {
            view.setVisible(on);
            if (on) {
                model.gallery().open();
                view.focus();
            }
        }
    }

    @Override
    public void open(GalleryPicture picture) {
        model.openPicture(picture);
    }

    @Override
    public void reuse(GalleryPicture picture) {
        model.inGallery().set(false);
        model.intake().settings(Incoming.of(picture.file()), model.gallery().problemProperty()::set);
    }

    @Override
    public void rework(GalleryPicture picture) {
        model.inGallery().set(false);
        model.intake().source(picture.file());
    }

    @Override
    public void preset(GalleryPicture picture) {
        PresetView view = presets;
        if (view != null) {
            model.withSettings(
                    picture.file(),
                    request -> {
                        model.inGallery().set(false);
                        view.keep(request, picture.file());
                    },
                    model.gallery().problemProperty()::set);
        }
    }

    @Override
    public void reveal(GalleryPicture picture) {
        model.services().reveal().accept(picture.file());
    }

    @Override
    public void drag(Node from, GalleryPicture picture, @Nullable Image seen) {
        Dragboard board = from.startDragAndDrop(TransferMode.COPY);
        ClipboardContent content = new ClipboardContent();
        content.putFiles(List.of(picture.file().toFile()));
        board.setContent(content);
        ImageView small = new ImageView(seen);
        small.setPreserveRatio(true);
        small.setFitWidth(DRAGGED_SIDE);
        small.setFitHeight(DRAGGED_SIDE);
        board.setDragView(small.snapshot(null, null));
    }

    @Override
    public void addFolder() {
        model.services().dialogs().folder(words.get("gallery.add-folder")).ifPresent(model.gallery()::addFolder);
    }

    @Override
    public void close() {
        model.inGallery().set(false);
    }
}
