package gesso.ui.preset;

import gesso.library.preset.Preset;
import gesso.library.preset.PresetModels;
import gesso.library.preset.PresetModels.Choice;
import gesso.library.preset.PresetModels.Installed;
import gesso.library.preset.PresetModels.Match;
import gesso.library.preset.PresetValues;
import gesso.library.preset.Presets.Stored;
import gesso.ui.common.Background;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.Problem;
import gesso.ui.common.Setting;
import gesso.ui.common.ToggleSetting;
import gesso.ui.generate.RecipeModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds presets against the controls. On the FX thread; hashes of models are asked for elsewhere. */
public final class PresetPreviews {
    private final RecipeModel recipe;
    private final Background background;
    private final Function<Path, String> hash;

    /** @param hash what is known of a checkpoint's hash; may read a file */
    public PresetPreviews(RecipeModel recipe, Background background, Function<Path, String> hash) {
        this.recipe = recipe;
        this.background = background;
        this.hash = hash;
    }

    /** Hands over what a preset would change. */
    void of(Stored stored, Consumer<PresetPreview> then) {
        Preset.Model wanted = stored.preset().model();
        if (wanted == null) {
            then.accept(preview(stored, List.of(), List.of()));
            return;
        }
        List<Checkpoint> all = List.copyOf(recipe.model().choices());
        Checkpoint now = recipe.model().get();
        background.run(() -> nearest(wanted, all, now), choice -> {
            List<PresetChange> changes = new ArrayList<>();
            List<Problem> notes = new ArrayList<>();
            model(wanted, choice, all, changes, notes);
            then.accept(preview(stored, changes, notes));
        });
    }

    private Choice nearest(Preset.Model wanted, List<Checkpoint> all, @Nullable Checkpoint now) {
        List<Installed> installed = all.stream().map(this::installed).toList();
        return PresetModels.nearest(wanted, installed, now == null ? null : installed(now));
    }

    private Installed installed(Checkpoint checkpoint) {
        return new Installed(checkpoint.name(), hash.apply(checkpoint.file()), checkpoint.family());
    }

    private void model(
            Preset.Model wanted, Choice choice, List<Checkpoint> all, List<PresetChange> changes, List<Problem> notes) {
        Installed installed = choice.installed();
        Optional<Checkpoint> found = all.stream()
                .filter(c -> installed != null && c.name().equals(installed.name()))
                .findFirst();
        Checkpoint now = recipe.model().get();
        if (found.isPresent() && !found.get().equals(now)) {
            changes.add(new PresetChange(
                    "model",
                    now == null ? "" : now.name(),
                    found.get().name(),
                    new ToggleSetting("preset-line-model", true),
                    () -> recipe.model().set(found.get())));
        }
        String name = installed == null ? "" : installed.name();
        if (choice.match() == Match.OTHER_FILE) {
            notes.add(new Problem("preset.model.other-file", wanted.name()));
        } else if (choice.match() == Match.FAMILY) {
            notes.add(new Problem("preset.model.family", wanted.name(), name, wanted.family()));
        } else if (choice.match() == Match.NONE) {
            notes.add(new Problem(
                    "preset.model.none", wanted.name(), wanted.family().isEmpty() ? "?" : wanted.family()));
        }
    }

    private PresetPreview preview(Stored stored, List<PresetChange> model, List<Problem> before) {
        Preset preset = stored.preset();
        List<PresetChange> changes = new ArrayList<>(model);
        List<Problem> notes = new ArrayList<>(before);
        List<String> without = new ArrayList<>(preset.settings().keySet());
        Map<String, @Nullable Object> prompts = new LinkedHashMap<>();
        prompts.put("prompt", recipe.prompt().get());
        prompts.put("negative", recipe.negativePrompt().get());
        prompts.put("hires-prompt", recipe.hires().prompt().get());
        prompts.put("hires-negative", recipe.hires().negativePrompt().get());
        PresetForm form = new PresetForm(recipe);
        boolean hires = Boolean.TRUE.equals(preset.settings().get("hires"));
        PresetValues.on(prompts, preset)
                .forEach((name, value) -> form.values(name, value, hires).ifPresent(values -> {
                    without.remove(name);
                    values.stream().filter(PresetForm.Value::differs).forEach(v -> changes.add(change(v)));
                }));
        if (preset.isReadOnly()) {
            notes.add(new Problem("preset.newer", preset.version()));
        }
        if (!without.isEmpty()) {
            notes.add(new Problem("preset.without", String.join(", ", without)));
        }
        return new PresetPreview(stored, changes, notes);
    }

    private static PresetChange change(PresetForm.Value value) {
        Setting setting = value.setting();
        return new PresetChange(
                PresetForm.key(setting),
                PresetForm.shown(setting),
                value.shown(),
                new ToggleSetting("preset-line-" + setting.name(), true),
                () -> setting.read(value.text()));
    }

    /** Every control as it stands now. @return brings all of them back */
    Runnable snapshot() {
        Map<Setting, String> values = new LinkedHashMap<>();
        // The model first: the size has its own for a default.
        values.put(recipe.model(), recipe.model().write());
        recipe.settings().forEach(setting -> values.putIfAbsent(setting, setting.write()));
        return () -> values.forEach(Setting::read);
    }
}
