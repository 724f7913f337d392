package gesso.ui;

import gesso.canvas.Layer;
import gesso.canvas.LayerKind;
import gesso.image.InpaintPlan;
import gesso.image.Region;
import gesso.request.GenerationRequest;
import gesso.request.InpaintArea;
import gesso.request.Picture;
import gesso.request.Rework;
import gesso.request.Size;
import gesso.ui.canvas.Desk;
import gesso.ui.common.Background;
import gesso.ui.common.Newest;
import gesso.ui.common.Setting;
import gesso.ui.common.SourcePicture;
import gesso.ui.generate.InpaintModel;
import gesso.ui.generate.RecipeModel;
import gesso.ui.generate.ReworkModel;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.beans.property.ObjectProperty;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps the source and the mask of the recipe and those on the canvas the same, whichever is changed. On the FX thread. */
final class CanvasLink {
    private static final Duration UNTIL_DRAWN = Duration.millis(200);
    private static final long LARGEST_MASK = 4_000_000;

    private final Desk desk;
    private final RecipeModel recipe;
    private final PauseTransition later = new PauseTransition(UNTIL_DRAWN);
    private @Nullable Newest<@Nullable Region> newest;
    private boolean linking;

    CanvasLink(Desk desk, RecipeModel recipe) {
        this.desk = desk;
        this.recipe = recipe;
    }

    void start(Background background) {
        newest = new Newest<>(
                background,
                found -> desk.usedProperty().set(found),
                e -> desk.usedProperty().set(null));
        ReworkModel rework = recipe.rework();
        rework.setParts(desk);
        rework.sourceProperty().addListener((property, old, now) -> linked(() -> source(now)));
        rework.inpaint().maskProperty().addListener((property, old, now) -> linked(() -> mask(now)));
        desk.revisionProperty().addListener((property, old, now) -> linked(this::follow));
        desk.onFramed(frame -> recipe.size().useOf(new Size(frame.width(), frame.height())));
        later.setOnFinished(event -> linked(this::showMask));
        linked(this::follow);
        InpaintModel inpaint = rework.inpaint();
        for (Setting setting : List.<Setting>of(
                inpaint.area(),
                inpaint.padding(),
                inpaint.blur(),
                inpaint.mode(),
                recipe.size().width(),
                recipe.size().height())) {
            setting.onChange(this::findUsed);
        }
    }

    private void linked(Runnable action) {
        if (!linking) {
            linking = true;
            action.run();
            linking = false;
        }
    }

    /** The rectangle that "only masked" will cut out, found as the plan finds it. */
    private void findUsed() {
        Newest<@Nullable Region> finder = newest;
        Region frame = desk.frameProperty().get();
        boolean wanted = recipe.rework().inpaint().area().chosen() == InpaintArea.ONLY_MASKED
                && desk.hasMaskProperty().get();
        GenerationRequest request = wanted ? recipe.draft().orElse(null) : null;
        Rework rework = request == null ? null : request.rework();
        if (finder == null) {
            return;
        }
        if (frame == null || request == null || rework == null) {
            finder.ask(() -> null);
            return;
        }
        finder.ask(() -> {
            Region found = InpaintPlan.regionOf(rework, request.size());
            return found == null
                    ? null
                    : new Region(found.x() + frame.x(), found.y() + frame.y(), found.width(), found.height());
        });
    }

    private void source(@Nullable SourcePicture now) {
        if (now == null) {
            desk.clear();
        } else {
            desk.setSource(now.picture(), now.name());
        }
        maskProperty().set(null);
    }

    private void mask(@Nullable SourcePicture now) {
        if (now == null) {
            desk.clearMask();
        } else {
            desk.setMask(now.picture());
        }
    }

    /** Whether it is the very picture: comparing all pixels after each stroke would be slow. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isShown(@Nullable SourcePicture shown, Picture picture) {
        return shown != null && shown.picture() == picture;
    }

    private ObjectProperty<@Nullable SourcePicture> maskProperty() {
        return recipe.rework().inpaint().maskProperty();
    }

    /** Something was done on the canvas. */
    private void follow() {
        ObjectProperty<@Nullable SourcePicture> source = recipe.rework().sourceProperty();
        SourcePicture shown = source.get();
        if (!desk.hasSourceProperty().get()) {
            source.set(null);
        } else {
            Layer lowest = desk.document().first(LayerKind.SOURCE).orElse(null);
            Picture base = lowest == null ? null : lowest.base();
            if (lowest != null && base != null && !isShown(shown, base)) {
                source.set(new SourcePicture(base, lowest.look().name(), null));
            }
        }
        if (!desk.hasMaskProperty().get()) {
            later.stop();
            maskProperty().set(null);
            findUsed();
        } else if (maskProperty().get() == null) {
            showMask();
        } else {
            later.playFromStart();
        }
    }

    /** The mask's small picture in the recipe. */
    private void showMask() {
        Region frame = desk.frameProperty().get();
        boolean small = frame != null && (long) frame.width() * frame.height() <= LARGEST_MASK;
        Picture picture = small ? desk.mask().orElse(null) : new Picture(1, 1, new int[] {-1});
        findUsed();
        SourcePicture now = maskProperty().get();
        if (picture != null && !isShown(now, picture)) {
            maskProperty().set(SourcePicture.of(picture));
        }
    }
}
