package gesso.ui.generate;

import gesso.request.SeedSettings;
import gesso.ui.common.NumberSetting;

/** Seeds as numbers to set: left empty, a seed is drawn at random; so does −1, as other programs write it. */
final class SeedNumbers {
    private SeedNumbers() {}

    static NumberSetting setting(String name) {
        return NumberSetting.optional(name, SeedSettings.RANDOM, SeedSettings.LARGEST, 1, 0);
    }

    static long get(NumberSetting setting) {
        return (long) setting.valueOr(SeedSettings.RANDOM);
    }

    static void set(NumberSetting setting, long seed) {
        setting.set(seed == SeedSettings.RANDOM ? Double.NaN : seed);
    }
}
