package gesso.ui.canvas;

import gesso.canvas.Brush;
import gesso.canvas.Ink;
import gesso.canvas.Layer;
import gesso.canvas.LayerKind;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Setting;
import gesso.ui.common.ToggleSetting;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.paint.Color;

/** The tool in hand, and how it is set. */
public final class ToolSettings {
    private final ObjectProperty<Tool> tool = new SimpleObjectProperty<>(this, "tool", Tool.BRUSH);
    private final ObjectProperty<Color> colour = new SimpleObjectProperty<>(this, "colour", Color.WHITE);
    private final NumberSetting size = NumberSetting.whole("brush-size", 1, (long) Brush.LARGEST, 1, 64);
    private final NumberSetting hardness = NumberSetting.decimal("brush-hardness", 0, 1, 0.05, 2, 0.8);
    private final NumberSetting opacity = NumberSetting.decimal("brush-opacity", 0, 1, 0.05, 2, 1);
    private final NumberSetting smoothing = NumberSetting.decimal("brush-smoothing", 0, 1, 0.05, 2, 0.2);
    private final NumberSetting tolerance = NumberSetting.whole("wand-tolerance", 0, 255, 1, 24);
    private final ToggleSetting joined = new ToggleSetting("wand-joined", true);

    public ObjectProperty<Tool> toolProperty() {
        return tool;
    }

    public Tool tool() {
        return tool.get();
    }

    /** The colour that is painted on pictures and drawings; its brightness, on maps. */
    public ObjectProperty<Color> colourProperty() {
        return colour;
    }

    public NumberSetting size() {
        return size;
    }

    public NumberSetting hardness() {
        return hardness;
    }

    public NumberSetting opacity() {
        return opacity;
    }

    public NumberSetting smoothing() {
        return smoothing;
    }

    public NumberSetting tolerance() {
        return tolerance;
    }

    public ToggleSetting joined() {
        return joined;
    }

    /** Everything that is remembered. */
    public List<Setting> settings() {
        return List.of(size, hardness, opacity, smoothing, tolerance, joined);
    }

    Brush brush() {
        return new Brush(valid(size), valid(hardness), valid(opacity), valid(smoothing));
    }

    private static double valid(NumberSetting setting) {
        if (setting.check().isPresent()) {
            setting.reset(); // half a number is being typed
        }
        return setting.value();
    }

    /** A larger or smaller brush. */
    void resize(double factor) {
        double now = valid(size);
        double next = Math.rint(now * factor);
        size.set(Math.max(1, Math.min(Brush.LARGEST, next == now ? now + Math.signum(factor - 1) : next)));
    }

    /** What a layer is painted with. */
    Ink ink(Layer layer, boolean away) {
        if (away) {
            return Ink.ERASER;
        }
        return layer.kind() == LayerKind.MASK ? Ink.WHITE : Ink.of(argb(colour.get()));
    }

    private static int argb(Color c) {
        return 0xFF000000 | level(c.getRed()) << 16 | level(c.getGreen()) << 8 | level(c.getBlue());
    }

    private static int level(double value) {
        return (int) Math.round(255 * value);
    }
}
