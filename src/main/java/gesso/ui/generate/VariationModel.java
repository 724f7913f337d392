package gesso.ui.generate;

import gesso.request.GenerationRequest;
import gesso.request.Rng;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the noise turns away from the seed's own: a second seed, and another size's noise. */
public final class VariationModel {
    private final NumberSetting seed = SeedNumbers.setting("variation-seed");
    private final NumberSetting strength = NumberSetting.decimal("variation-strength", 0, 1, 0.01, 2, 0);
    private final NumberSetting fromWidth = side("seed-resize-width");
    private final NumberSetting fromHeight = side("seed-resize-height");

    private static NumberSetting side(String name) {
        return NumberSetting.optional(
                name, GenerationRequest.SMALLEST_SIDE, GenerationRequest.LARGEST_SIDE, GenerationRequest.SIDE_STEP, 0);
    }

    public NumberSetting seed() {
        return seed;
    }

    public NumberSetting strength() {
        return strength;
    }

    public NumberSetting fromWidth() {
        return fromWidth;
    }

    public NumberSetting fromHeight() {
        return fromHeight;
    }

    List<Setting> settings() {
        return List.of(seed, strength, fromWidth, fromHeight);
    }

    SeedSettings seeds(long mainSeed, Rng rng, int ensd) {
        return new SeedSettings(mainSeed, rng, SeedNumbers.get(seed), strength.value(), from(), ensd);
    }

    /** The old size; a side that is left out is as long as the other. */
    private @Nullable Size from() {
        double width = fromWidth.valueOr(fromHeight.value());
        double height = fromHeight.valueOr(fromWidth.value());
        return Double.isNaN(width) ? null : new Size((int) width, (int) height);
    }

    void use(SeedSettings seeds) {
        SeedNumbers.set(seed, seeds.variationStrength() > 0 ? seeds.variationSeed() : SeedSettings.RANDOM);
        strength.set(seeds.variationStrength());
        Size from = seeds.resizeFrom();
        fromWidth.set(from == null ? Double.NaN : from.width());
        fromHeight.set(from == null ? Double.NaN : from.height());
    }
}
