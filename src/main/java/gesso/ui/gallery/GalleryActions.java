package gesso.ui.gallery;

import gesso.library.gallery.GalleryPicture;
import javafx.scene.Node;
import javafx.scene.image.Image;
import org.jspecify.annotations.Nullable;

/** What the gallery asks of the rest of the window. On the FX thread. */
public interface GalleryActions {
    /** Shows it on the canvas. */
    void open(GalleryPicture picture);

    /** Sets the controls to what made it. */
    void reuse(GalleryPicture picture);

    /** Starts from it. */
    void rework(GalleryPicture picture);

    /** Begins a preset of its settings. */
    void preset(GalleryPicture picture);

    /** Shows its file in the desktop's file manager. */
    void reveal(GalleryPicture picture);

    /** Begins to drag it out of the window. */
    void drag(Node from, GalleryPicture picture, @Nullable Image seen);

    /** Asks for a folder of pictures made elsewhere, and takes them in. */
    void addFolder();

    /** Leaves the gallery. */
    void close();
}
