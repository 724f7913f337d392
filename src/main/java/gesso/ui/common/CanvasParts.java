package gesso.ui.common;

import gesso.image.Region;
import gesso.request.Picture;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the canvas that a request is made of. The pictures are those of the frame, all of its size, read when
 * Generate is pressed: until then only whether they are there is known. On the FX thread.
 */
public interface CanvasParts {
    /** A drawing for a ControlNet to follow. */
    record Drawing(String name, Picture picture) {}

    ReadOnlyBooleanProperty hasSourceProperty();

    /** Whether anything is painted on the mask, or the frame reaches beyond the picture. */
    ReadOnlyBooleanProperty hasMaskProperty();

    ReadOnlyBooleanProperty hasStrengthMapProperty();

    /** What will be generated, in the canvas's pixels; null while the canvas is empty. */
    ReadOnlyObjectProperty<@Nullable Region> frameProperty();

    /** The visible pictures, one over the other; what lies beyond them is filled from its surroundings. */
    Optional<Picture> source();

    /** White is painted anew. */
    Optional<Picture> mask();

    /** Grey: the denoising strength counts in full where it is white. */
    Optional<Picture> strengthMap();

    /** The visible control drawings, the lowest first. */
    List<Drawing> controlDrawings();

    /** Begins a new canvas with this picture; what was there can be brought back by undo. */
    void setSource(Picture picture, String name);

    /** Replaces the mask: white is painted anew. Scaled to the canvas where its size differs. */
    void setMask(Picture picture);

    /** Takes the brush to the mask, which is made where there is none. */
    void startMask();

    /** Takes the brush to the strength map, white until it is painted on. */
    void startStrengthMap();

    /** Takes the brush to a new control drawing, white on black. */
    void startControlDrawing(String name);

    /** Nothing is repainted in particular any more. */
    void clearMask();

    /** An empty canvas; what was there can be brought back by undo. */
    void clear();
}
