package gesso.ui.generate;

import gesso.request.GenerationRequest;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.SeedSettings;
import gesso.ui.common.CanvasParts;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Problem;
import gesso.ui.common.Setting;
import gesso.ui.common.SourcePicture;
import gesso.ui.common.ToggleSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The picture to start from, and what is done with it. Without one, pictures are made from text alone. */
public final class ReworkModel {
    /** A1111's default for pictures that start from another. */
    private static final double DEFAULT_DENOISE = 0.75;

    private final ObjectProperty<@Nullable SourcePicture> source = new SimpleObjectProperty<>(this, "source");
    private final ObservableList<Path> more = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Problem> problem = new SimpleObjectProperty<>(this, "problem");
    private final NumberSetting denoise = NumberSetting.decimal("rework-denoise", 0, 1, 0.01, 2, DEFAULT_DENOISE);
    private final ChoiceSetting<ResizeMode> resizeMode = ChoiceSetting.of("resize-mode", ResizeMode.JUST_RESIZE);
    private final ToggleSetting colorCorrection = new ToggleSetting("color-correction", false);
    private final ToggleSetting exactSteps = new ToggleSetting("exact-steps", false);
    private final NumberSetting encodingSeed = NumberSetting.optional("encode-seed", 0, SeedSettings.LARGEST, 1, 0);
    private final NumberSetting imageCfg =
            NumberSetting.decimal("image-cfg", 0, 3, 0.05, 2, GenerationRequest.DEFAULT_IMAGE_CFG);
    private final SdUpscaleModel sdUpscale = new SdUpscaleModel();
    private final InpaintModel inpaint = new InpaintModel();
    private @Nullable CanvasParts parts;

    public ReworkModel() {
        source.addListener((property, old, now) -> {
            more.clear();
            changed(now, settings());
        });
        inpaint.maskProperty().addListener((property, old, now) -> changed(now, inpaint.settings()));
    }

    /** A wrong value whose control is gone could be corrected by nobody. */
    private void changed(@Nullable SourcePicture now, List<Setting> shown) {
        problem.set(null);
        if (now == null) {
            shown.stream().filter(setting -> setting.check().isPresent()).forEach(Setting::reset);
        }
    }

    /** Null: pictures are made from text alone. */
    public ObjectProperty<@Nullable SourcePicture> sourceProperty() {
        return source;
    }

    /** Pictures that are reworked after the source by the same settings, one after another; another source forgets them. */
    public ObservableList<Path> more() {
        return more;
    }

    /** Why a picture that was chosen is not here. */
    public ObjectProperty<@Nullable Problem> problemProperty() {
        return problem;
    }

    /** Takes the picture, and its mask with it, away. */
    public void clear() {
        source.set(null);
        inpaint.maskProperty().set(null);
    }

    public NumberSetting denoise() {
        return denoise;
    }

    public ChoiceSetting<ResizeMode> resizeMode() {
        return resizeMode;
    }

    public ToggleSetting colorCorrection() {
        return colorCorrection;
    }

    public ToggleSetting exactSteps() {
        return exactSteps;
    }

    public NumberSetting encodingSeed() {
        return encodingSeed;
    }

    /** How much a model that edits by instruction holds to the picture. */
    public NumberSetting imageCfg() {
        return imageCfg;
    }

    /** Whether it is enlarged and reworked tile by tile. */
    public SdUpscaleModel sdUpscale() {
        return sdUpscale;
    }

    public InpaintModel inpaint() {
        return inpaint;
    }

    /** Those that few change. */
    List<Setting> finer() {
        return List.of(resizeMode, colorCorrection, exactSteps, encodingSeed);
    }

    /** All whose controls are seen while there is a picture to start from. */
    public List<Setting> settings() {
        List<Setting> all = new ArrayList<>(finer());
        all.add(denoise);
        all.add(imageCfg);
        all.addAll(sdUpscale.settings());
        all.addAll(inpaint.settings());
        return all;
    }

    /** What stands on the canvas is what is reworked; null: what was brought in is. */
    public void setParts(@Nullable CanvasParts value) {
        parts = value;
    }

    @Nullable
    Rework rework() {
        SourcePicture from = source.get();
        if (from == null) {
            return null;
        }
        CanvasParts canvas = parts;
        SourcePicture brought = inpaint.maskProperty().get();
        return new Rework(
                canvas == null ? from.picture() : canvas.source().orElse(from.picture()),
                resizeMode.chosen(),
                denoise.value(),
                exactSteps.isOn(),
                colorCorrection.isOn(),
                inpaint.inpaint(
                        canvas != null ? canvas.mask().orElse(null) : brought == null ? null : brought.picture()),
                Double.isNaN(encodingSeed.value()) ? null : (long) encodingSeed.value(),
                canvas == null ? null : canvas.strengthMap().orElse(null),
                null);
    }

    void use(@Nullable Rework rework) {
        if (rework == null) {
            clear();
            return;
        }
        SourcePicture now = source.get();
        if (now == null || !now.picture().equals(rework.source())) {
            source.set(SourcePicture.of(rework.source()));
        }
        denoise.set(rework.denoisingStrength());
        resizeMode.set(rework.resizeMode());
        exactSteps.set(rework.exactSteps());
        colorCorrection.set(rework.colorCorrection());
        encodingSeed.set(rework.encodingSeed() == null ? Double.NaN : rework.encodingSeed());
        inpaint.use(rework.inpaint());
    }
}
