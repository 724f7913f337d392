package gesso.library.preset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gesso.library.preset.PresetModels.Installed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetModelsTest {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final List<Installed> ALL = List.of(
            new Installed("dream-shaper_8", HASH, "Stable Diffusion 1"),
            new Installed("anything", "", "Stable Diffusion 1"),
            new Installed("Toon", "f".repeat(64), "Stable Diffusion XL"));

    @ParameterizedTest
    @CsvSource({
        "renamed, 0123456789, '', SAME, dream-shaper_8",
        "renamed, 0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef, '', SAME, dream-shaper_8",
        "DreamShaper 8, '', '', NAMED, dream-shaper_8",
        "dreamshaper_8.safetensors, 9999999999, '', OTHER_FILE, dream-shaper_8",
        "anything, 9999999999, '', NAMED, anything",
        "unknown, 9999999999, Stable Diffusion 1.x, FAMILY, anything",
        "unknown, '', Stable Diffusion XL, FAMILY, Toon",
        "unknown, '', Kandinsky, NONE, ",
        "unknown, '', '', NONE, ",
        "'', '', '', NONE, ",
    })
    void theNearestIsChosen(
            String name, String hash, String family, PresetModels.Match match, @Nullable String installed) {
        PresetModels.Choice choice = PresetModels.nearest(new Preset.Model(name, hash, family), ALL, ALL.get(1));
        assertEquals(match, choice.match());
        Installed found = choice.installed();
        assertEquals(installed, found == null ? null : found.name());
    }
}
