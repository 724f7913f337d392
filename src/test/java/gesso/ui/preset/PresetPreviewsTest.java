package gesso.ui.preset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.library.preset.Preset;
import gesso.library.preset.PresetValues;
import gesso.library.preset.Presets;
import gesso.library.preset.Presets.Stored;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.RequestValues;
import gesso.request.Size;
import gesso.ui.common.Background;
import gesso.ui.common.ModelChoices;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.SourcePicture;
import gesso.ui.common.Words;
import gesso.ui.generate.RecipeModel;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetPreviewsTest {
    /** Values that the window has no control for; a preset with one of them says so. */
    private static final Set<String> WITHOUT = Set.of("controls", "upscaler");

    private static final Checkpoint MODEL = new Checkpoint(
            "painter", Path.of("/m/painter.safetensors"), new Size(512, 512), "Stable Diffusion 1", false);

    private final RecipeModel recipe = recipe();
    private final PresetPreviews previews = new PresetPreviews(recipe, new Background(), file -> "");

    private static RecipeModel recipe() {
        RecipeModel recipe = new RecipeModel();
        recipe.setModels(new ModelChoices(List.of(MODEL), List.of(), Map.of(), Path.of("/m")));
        recipe.prompt().set("a fox");
        return recipe;
    }

    static List<Stored> shipped() {
        return new Presets(Optional.of(Path.of("presets")), Path.of("/nowhere"))
                .list().presets().stream()
                        .filter(stored -> stored.preset().model() == null)
                        .toList();
    }

    @Test
    void everyValueHasAControlAndEveryControlHasAName() {
        PresetForm form = new PresetForm(recipe);
        Words words = new Words();
        Set<String> without = new TreeSet<>();
        PresetValues.defaults()
                .forEach((name, value) -> form.values(name, value, false)
                        .ifPresentOrElse(
                                values -> values.forEach(v -> assertFalse(
                                        words.get(PresetForm.key(v.setting())).isBlank())),
                                () -> without.add(name)));
        assertTrue(WITHOUT.containsAll(without), without.toString());
    }

    @Test
    void theDefaultsChangeNothing() {
        Preset preset = Preset.of("all", PresetValues.defaults());
        recipe.prompt().set("");
        recipe.negativePrompt().set("");
        assertEquals(
                List.of(),
                preview(new Stored(Path.of("x.json"), true, preset)).changes().stream()
                        .map(PresetChange::key)
                        // Both passes and reworked pictures have one of their own; the values have one name for them.
                        .filter(key -> !key.equals("denoise"))
                        .toList());
    }

    /** What the controls ask for afterwards is what the preset says. */
    @ParameterizedTest
    @MethodSource("shipped")
    void whatIsAppliedIsWhatThePresetSays(Stored stored) {
        Picture pixel = new Picture(64, 64, new int[64 * 64]);
        boolean hires = Boolean.TRUE.equals(stored.preset().settings().get("hires"));
        if (!hires) {
            recipe.rework().sourceProperty().set(SourcePicture.of(pixel));
            recipe.rework().inpaint().maskProperty().set(SourcePicture.of(pixel));
        }
        Map<String, ?> before = RequestValues.of(recipe.request().orElseThrow());
        Map<String, ?> wanted = PresetValues.on(before, stored.preset());
        Runnable back = previews.snapshot();
        PresetPreview preview = preview(stored);
        assertFalse(preview.changes().isEmpty());
        preview.changes().forEach(change -> change.apply().run());
        GenerationRequest made = recipe.request().orElseThrow();
        Map<String, ?> after = RequestValues.of(made);
        wanted.keySet().removeAll(WITHOUT);
        wanted.forEach((name, value) -> {
            if (after.containsKey(name) && value instanceof Number number) {
                assertEquals(number.doubleValue(), ((Number) after.get(name)).doubleValue(), 1e-9, name);
            } else if (after.containsKey(name)) {
                assertEquals(value, after.get(name), name);
            }
        });
        assertEquals(
                List.of(),
                preview(stored).changes().stream().filter(c -> !isPrompt(c)).toList());
        back.run();
        assertEquals(before, RequestValues.of(recipe.request().orElseThrow()));
    }

    private static boolean isPrompt(PresetChange change) {
        return change.key().endsWith("prompt");
    }

    @Test
    void aNewerVersionAndValuesWithoutControlsAreSaid() {
        Preset newer = new Preset(
                9,
                Map.of("en", "Later"),
                Map.of(),
                List.of(),
                "",
                "",
                null,
                Map.of("steps", 12, "telepathy", true),
                "",
                Map.of());
        PresetPreview preview = preview(new Stored(Path.of("x.json"), true, newer));
        assertEquals(
                List.of("preset.newer", "preset.without"),
                preview.notes().stream().map(note -> note.key()).toList());
        assertEquals(1, preview.changes().size());
        assertTrue(new HashSet<>(preview.notes().get(1).arguments()).contains("telepathy"));
    }

    private PresetPreview preview(Stored stored) {
        PresetPreview[] made = new PresetPreview[1];
        previews.of(stored, preview -> made[0] = preview);
        return made[0];
    }
}
