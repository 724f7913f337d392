package gesso.ui.canvas;

import gesso.image.Region;
import gesso.job.Job;
import gesso.job.JobEvent;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.ui.common.Background;
import gesso.ui.common.MadePicture;
import gesso.ui.common.PictureImage;
import gesso.ui.common.PictureReader;
import gesso.ui.common.Problem;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.image.Image;
import org.jspecify.annotations.Nullable;

/** The picture in the middle: the one that is forming, or one that is finished. On the FX thread. */
public final class CanvasModel {
    private final Background background;
    private final PictureReader pictures;
    private final PictureImage preview = new PictureImage();
    private final ReadOnlyObjectWrapper<@Nullable Image> image = new ReadOnlyObjectWrapper<>(this, "image");
    private final ReadOnlyObjectWrapper<@Nullable MadePicture> shown = new ReadOnlyObjectWrapper<>(this, "shown");
    private final ReadOnlyObjectWrapper<@Nullable GenerationRequest> forming =
            new ReadOnlyObjectWrapper<>(this, "forming");
    private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>(this, "problem");
    private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(this, "following", true);
    private final ReadOnlyObjectWrapper<@Nullable Region> place = new ReadOnlyObjectWrapper<>(this, "place");
    private final Function<GenerationRequest, @Nullable Region> places;
    private @Nullable MadePicture before;
    private @Nullable Image imageBefore;
    private @Nullable Job previewed;

    /** @param places where on the canvas a request's picture belongs; null: nowhere */
    public CanvasModel(
            Background background, PictureReader pictures, Function<GenerationRequest, @Nullable Region> places) {
        this.places = places;
        this.background = background;
        this.pictures = pictures;
    }

    /** What is seen, with an edge as {@link PictureImage} has it; null while there is nothing. */
    public ReadOnlyObjectProperty<@Nullable Image> imageProperty() {
        return image.getReadOnlyProperty();
    }

    /** The finished picture that is seen; null while one is forming. */
    public ReadOnlyObjectProperty<@Nullable MadePicture> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** What the picture that is forming is to be: its size is the request's, whatever the preview's. */
    public ReadOnlyObjectProperty<@Nullable GenerationRequest> formingProperty() {
        return forming.getReadOnlyProperty();
    }

    /** Where on the canvas the picture that is seen belongs; null: it is seen by itself. */
    public ReadOnlyObjectProperty<@Nullable Region> placeProperty() {
        return place.getReadOnlyProperty();
    }

    /** Whether a finished picture waits over the canvas to be accepted, or put aside. */
    public boolean hasCandidate() {
        return shown.get() != null && place.get() != null && image.get() != null;
    }

    /** Takes the picture that is seen away, back to the canvas; it stays among the results. */
    public void putAside() {
        if (forming.get() == null) {
            place.set(null);
            shown.set(null);
            image.set(null);
        }
    }

    /** Why a picture could not be shown. */
    public ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether pictures are seen as they form; looking at a finished one stops it until {@link #follow}. */
    public ReadOnlyBooleanProperty followingProperty() {
        return following.getReadOnlyProperty();
    }

    public void follow() {
        following.set(true);
    }

    /** Shows a finished picture again. */
    public void show(MadePicture made) {
        following.set(false);
        background.run(
                () -> PictureImage.toEnlarge(pictures.read(made.file())),
                loaded -> {
                    if (!following.get()) {
                        finished(loaded, made);
                    }
                },
                e -> problem.set(new Problem("canvas.unreadable", made.file().getFileName())));
    }

    /** Shows a picture that is in no file yet: a plot's grid as it fills. */
    public void showDrawn(Picture picture) {
        following.set(false);
        problem.set(null);
        forming.set(null);
        place.set(null);
        shown.set(null);
        image.set(PictureImage.toEnlarge(picture));
    }

    /** Follows the queue. */
    public void accept(JobEvent event) {
        if (event instanceof JobEvent.Loading loading && following.get() && image.get() == null) {
            begins(loading.job());
        } else if (event instanceof JobEvent.Step step && following.get()) {
            begins(step.job());
            image.set(preview.show(step.preview()));
        } else if (event instanceof JobEvent.Saved saved && following.get()) {
            previewed = null;
            Picture picture = saved.picture().picture();
            finished(
                    PictureImage.toEnlarge(picture),
                    new MadePicture(saved.file(), saved.picture().request()));
        } else if (event instanceof JobEvent.Cancelled || event instanceof JobEvent.Failed) {
            gone(event.job());
        }
    }

    private void begins(Job job) {
        if (previewed == null) {
            before = shown.get();
            imageBefore = image.get();
        }
        previewed = job;
        problem.set(null);
        shown.set(null);
        place.set(places.apply(job.request()));
        forming.set(job.request());
    }

    private void finished(Image picture, MadePicture what) {
        problem.set(null);
        place.set(places.apply(what.request()));
        forming.set(null);
        image.set(picture);
        shown.set(what);
    }

    /** A picture that will not be finished leaves; the one that was seen before comes back. */
    private void gone(Job job) {
        if (previewed == job) {
            previewed = null;
            if (following.get()) {
                forming.set(null);
                MadePicture last = before;
                place.set(last == null ? null : places.apply(last.request()));
                image.set(imageBefore);
                shown.set(last);
            }
        }
    }
}
