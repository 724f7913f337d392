package gesso.ui.control;

import gesso.request.Size;
import gesso.ui.common.SourcePicture;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** What ControlNet units need to know of the rest of the recipe. */
public interface ControlSources {
    /** The picture that is reworked, which a unit without one of its own follows. */
    ObservableValue<@Nullable SourcePicture> reworked();

    /** The size of the picture that is asked for, as far as it is one; it changes with {@link #sizeChanges}. */
    Size output();

    /** Calls it whenever {@link #output} may have changed. */
    void sizeChanges(Runnable action);

    /** Lets the user choose a unit's picture. */
    void choosePicture(ControlUnitModel unit);
}
