package gesso.ui.gallery;

import gesso.request.Picture;
import gesso.ui.common.Background;
import gesso.ui.common.MadePicture;
import gesso.ui.common.PictureImage;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The pictures of this session, newest first. */
public final class ResultsModel {
    /** Enough for the strip on a screen of two pixels a point. */
    private static final int THUMBNAIL_SIDE = 288;

    private static final int MOST = 400;

    private final Background background;
    private final ObservableList<Result> results = FXCollections.observableArrayList();
    private final ObservableList<Result> resultsForReading = FXCollections.unmodifiableObservableList(results);

    public ResultsModel(Background background) {
        this.background = background;
    }

    public ObservableList<Result> results() {
        return resultsForReading;
    }

    public Optional<MadePicture> newest() {
        return results.stream().map(Result::made).findFirst();
    }

    /** A picture is on disk. */
    public void add(MadePicture made, Picture pixels) {
        background.run(() -> PictureImage.image(PictureImage.reduced(pixels, THUMBNAIL_SIDE)), thumbnail -> {
            results.add(0, new Result(made, thumbnail));
            if (results.size() > MOST) {
                results.remove(MOST, results.size());
            }
        });
    }
}
