package gesso.ui.generate;

import gesso.request.UpscaleRequest;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.ModelChoices;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Setting;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/** How a finished picture is made larger, and whether that is being asked. */
public final class UpscaleModel {
    private final NumberSetting factor =
            NumberSetting.decimal("upscale-by", 1, UpscaleRequest.LARGEST_FACTOR, 0.25, 2, 2);
    private final ChoiceSetting<String> upscaler = Upscalers.setting("upscaler");
    private final BooleanProperty open = new SimpleBooleanProperty(this, "open");

    public NumberSetting factor() {
        return factor;
    }

    public ChoiceSetting<String> upscaler() {
        return upscaler;
    }

    /** Whether the questions are seen. */
    public BooleanProperty openProperty() {
        return open;
    }

    /** What is remembered. */
    public List<Setting> settings() {
        return List.of(factor, upscaler);
    }

    /** The upscalers that are there now. */
    public void setModels(ModelChoices models) {
        Upscalers.set(upscaler, models);
    }
}
