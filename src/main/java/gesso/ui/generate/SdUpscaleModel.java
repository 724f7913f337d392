package gesso.ui.generate;

import gesso.request.SdUpscale;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Setting;
import gesso.ui.common.ToggleSetting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the picture to start from is enlarged and reworked tile by tile. */
public final class SdUpscaleModel {
    private static final SdUpscale DEFAULT = SdUpscale.DEFAULT;

    private final ToggleSetting on = new ToggleSetting("sd-upscale-on", false);
    private final NumberSetting factor = NumberSetting.decimal("sd-upscale", 1, 4, 0.25, 2, DEFAULT.factor());
    private final NumberSetting overlap = NumberSetting.whole("sd-upscale-overlap", 0, 256, 8, DEFAULT.overlap());
    private final ChoiceSetting<String> upscaler = Upscalers.setting("sd-upscale-upscaler");

    public ToggleSetting on() {
        return on;
    }

    public NumberSetting factor() {
        return factor;
    }

    public NumberSetting overlap() {
        return overlap;
    }

    public ChoiceSetting<String> upscaler() {
        return upscaler;
    }

    List<Setting> settings() {
        return List.of(on, factor, overlap, upscaler);
    }

    @Nullable
    SdUpscale sdUpscale() {
        return on.isOn() ? new SdUpscale(factor.value(), overlap.whole(), upscaler.chosen()) : null;
    }

    void use(@Nullable SdUpscale asked) {
        on.set(asked != null);
        if (asked != null) {
            factor.set(asked.factor());
            overlap.set(asked.overlap());
            Upscalers.use(upscaler, asked.upscaler());
        }
    }
}
