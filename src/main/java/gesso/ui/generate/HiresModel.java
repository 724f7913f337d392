package gesso.ui.generate;

import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Sampler;
import gesso.request.ScheduleType;
import gesso.request.Size;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.ModelChoices;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Setting;
import gesso.ui.common.TextSetting;
import gesso.ui.common.ToggleSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The second, larger pass. */
public final class HiresModel {
    /** Those that need no model file, in the order that artists know them. */
    private static final List<String> UPSCALERS = List.of(
            "Latent",
            "Latent (antialiased)",
            "Latent (bicubic)",
            "Latent (bicubic antialiased)",
            "Latent (nearest)",
            "Latent (nearest-exact)",
            "Lanczos",
            "Nearest");

    private static final Hires DEFAULT = Hires.DEFAULT;

    private final ToggleSetting on = new ToggleSetting("hires", false);
    private final NumberSetting scale = NumberSetting.decimal("hires-scale", 1, 4, 0.05, 2, DEFAULT.scale());
    private final NumberSetting width = side("hires-width");
    private final NumberSetting height = side("hires-height");
    private final ChoiceSetting<String> upscaler =
            new ChoiceSetting<>("hires-upscaler", UPSCALERS, DEFAULT.upscaler(), Function.identity());
    private final NumberSetting steps = NumberSetting.whole("hires-steps", 0, 150, 1, DEFAULT.steps());
    private final NumberSetting denoise = NumberSetting.decimal("denoise", 0, 1, 0.01, 2, DEFAULT.denoisingStrength());
    private final ChoiceSetting<Optional<Sampler>> sampler = orSame("hires-sampler", Sampler.values());
    private final ChoiceSetting<Optional<ScheduleType>> schedule = orSame("hires-schedule", ScheduleType.values());
    private final NumberSetting cfg = NumberSetting.decimal("hires-cfg", 0, 30, 0.5, 1, DEFAULT.cfgScale());
    private final TextSetting prompt = new TextSetting("hires-prompt");
    private final TextSetting negativePrompt = new TextSetting("hires-negative-prompt");

    private static NumberSetting side(String name) {
        return NumberSetting.optional(
                name,
                GenerationRequest.SMALLEST_SIDE,
                4 * GenerationRequest.LARGEST_SIDE,
                GenerationRequest.SIDE_STEP,
                0);
    }

    /** A choice whose first is "as in the first pass". */
    private static <E extends Enum<E>> ChoiceSetting<Optional<E>> orSame(String name, E[] values) {
        List<Optional<E>> choices = new ArrayList<>();
        choices.add(Optional.empty());
        for (E value : values) {
            choices.add(Optional.of(value));
        }
        return new ChoiceSetting<>(
                name,
                choices,
                Optional.empty(),
                choice -> choice.map(Enum::name).orElse("SAME"));
    }

    public ToggleSetting on() {
        return on;
    }

    public NumberSetting scale() {
        return scale;
    }

    public NumberSetting width() {
        return width;
    }

    public NumberSetting height() {
        return height;
    }

    public ChoiceSetting<String> upscaler() {
        return upscaler;
    }

    public NumberSetting steps() {
        return steps;
    }

    public NumberSetting denoise() {
        return denoise;
    }

    public ChoiceSetting<Optional<Sampler>> sampler() {
        return sampler;
    }

    public ChoiceSetting<Optional<ScheduleType>> schedule() {
        return schedule;
    }

    public NumberSetting cfg() {
        return cfg;
    }

    public TextSetting prompt() {
        return prompt;
    }

    public TextSetting negativePrompt() {
        return negativePrompt;
    }

    List<Setting> settings() {
        return List.of(
                on, scale, width, height, upscaler, steps, denoise, sampler, schedule, cfg, prompt, negativePrompt);
    }

    void setModels(ModelChoices models) {
        upscaler.setChoices(Upscalers.with(UPSCALERS, models), DEFAULT.upscaler());
    }

    @Nullable
    Hires hires() {
        if (!on.isOn()) {
            return null;
        }
        double toWidth = width.valueOr(height.value());
        double toHeight = height.valueOr(width.value());
        return new Hires(
                scale.value(),
                Double.isNaN(toWidth) ? null : new Size((int) toWidth, (int) toHeight),
                upscaler.chosen(),
                steps.whole(),
                denoise.value(),
                sampler.chosen().orElse(null),
                schedule.chosen().orElse(null),
                cfg.value(),
                prompt.get(),
                negativePrompt.get());
    }

    void use(@Nullable Hires hires) {
        on.set(hires != null);
        if (hires == null) {
            return;
        }
        scale.set(hires.scale());
        Size to = hires.size();
        width.set(to == null ? Double.NaN : to.width());
        height.set(to == null ? Double.NaN : to.height());
        Upscalers.use(upscaler, hires.upscaler());
        steps.set(hires.steps());
        denoise.set(hires.denoisingStrength());
        sampler.set(Optional.ofNullable(hires.sampler()));
        schedule.set(Optional.ofNullable(hires.schedule()));
        cfg.set(hires.cfgScale());
        prompt.set(hires.prompt());
        negativePrompt.set(hires.negativePrompt());
    }
}
