package gesso.ui.generate;

import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.SoftInpainting;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Setting;
import gesso.ui.common.SourcePicture;
import gesso.ui.common.ToggleSetting;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** The mask, and what is done with it. Without a mask there is no inpainting, whatever the other values are. */
public final class InpaintModel {
    private static final SoftInpainting SOFT = SoftInpainting.DEFAULT;

    private final ObjectProperty<@Nullable SourcePicture> mask = new SimpleObjectProperty<>(this, "mask");
    private final NumberSetting blur = NumberSetting.whole("mask-blur", 0, 64, 1, Inpaint.DEFAULT_BLUR);
    private final ChoiceSetting<MaskMode> mode = ChoiceSetting.of("mask-mode", MaskMode.MASKED);
    private final ChoiceSetting<MaskedContent> content = ChoiceSetting.of("masked-content", MaskedContent.ORIGINAL);
    private final ChoiceSetting<InpaintArea> area = ChoiceSetting.of("area", InpaintArea.WHOLE_PICTURE);
    private final NumberSetting padding = NumberSetting.whole("padding", 0, 256, 4, Inpaint.DEFAULT_PADDING);
    private final NumberSetting weight = NumberSetting.decimal("mask-weight", 0, 1, 0.01, 2, 1);
    private final ToggleSetting soft = new ToggleSetting("soft-inpainting", false);
    private final NumberSetting scheduleBias = soft("soft-schedule-bias", 0, 8, SOFT.scheduleBias());
    private final NumberSetting preservation = soft("soft-preservation", 0, 8, SOFT.preservationStrength());
    private final NumberSetting contrastBoost = soft("soft-contrast-boost", 1, 32, SOFT.transitionContrastBoost());
    private final NumberSetting maskInfluence = soft("soft-mask-influence", 0, 1, SOFT.maskInfluence());
    private final NumberSetting threshold = soft("soft-threshold", 0, 8, SOFT.differenceThreshold());
    private final NumberSetting contrast = soft("soft-contrast", 0, 8, SOFT.differenceContrast());

    private static NumberSetting soft(String name, double low, double high, double usual) {
        return NumberSetting.decimal(name, low, high, 0.05, 2, usual);
    }

    /** White is repainted; null: no inpainting. */
    public ObjectProperty<@Nullable SourcePicture> maskProperty() {
        return mask;
    }

    public NumberSetting blur() {
        return blur;
    }

    public ChoiceSetting<MaskMode> mode() {
        return mode;
    }

    public ChoiceSetting<MaskedContent> content() {
        return content;
    }

    public ChoiceSetting<InpaintArea> area() {
        return area;
    }

    public NumberSetting padding() {
        return padding;
    }

    /** {@code inpainting_mask_weight}, of 9-channel models. */
    public NumberSetting weight() {
        return weight;
    }

    public ToggleSetting soft() {
        return soft;
    }

    /** The finer settings of soft inpainting. */
    List<NumberSetting> softNumbers() {
        return List.of(scheduleBias, preservation, contrastBoost, maskInfluence, threshold, contrast);
    }

    /** All whose controls are seen while there is a mask. */
    public List<Setting> settings() {
        List<Setting> all = new ArrayList<>(List.of(blur, mode, content, area, padding, weight, soft));
        all.addAll(softNumbers());
        return all;
    }

    /** @param painted white is repainted; null: there is no mask */
    @Nullable
    Inpaint inpaint(@Nullable Picture painted) {
        return painted == null
                ? null
                : new Inpaint(
                        painted,
                        blur.whole(),
                        mode.chosen(),
                        content.chosen(),
                        area.chosen(),
                        padding.whole(),
                        soft.isOn() ? softInpainting() : null);
    }

    private SoftInpainting softInpainting() {
        return new SoftInpainting(
                scheduleBias.value(),
                preservation.value(),
                contrastBoost.value(),
                maskInfluence.value(),
                threshold.value(),
                contrast.value());
    }

    void use(@Nullable Inpaint inpaint) {
        if (inpaint == null) {
            mask.set(null);
            return;
        }
        SourcePicture now = mask.get();
        if (now == null || !now.picture().equals(inpaint.mask())) {
            mask.set(SourcePicture.of(inpaint.mask()));
        }
        blur.set(inpaint.blur());
        mode.set(inpaint.mode());
        content.set(inpaint.content());
        area.set(inpaint.area());
        padding.set(inpaint.padding());
        soft.set(inpaint.soft() != null);
        if (inpaint.soft() != null) {
            use(inpaint.soft());
        }
    }

    private void use(SoftInpainting values) {
        scheduleBias.set(values.scheduleBias());
        preservation.set(values.preservationStrength());
        contrastBoost.set(values.transitionContrastBoost());
        maskInfluence.set(values.maskInfluence());
        threshold.set(values.differenceThreshold());
        contrast.set(values.differenceContrast());
    }
}
