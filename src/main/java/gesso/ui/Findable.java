package gesso.ui;

import gesso.ui.common.Command;
import gesso.ui.common.Language;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Setting;
import gesso.ui.common.Theme;
import gesso.ui.common.ToggleSetting;
import gesso.ui.common.Words;
import gesso.ui.generate.NetworksModel;
import gesso.ui.generate.RecipeView;
import gesso.ui.generate.ReworkModel;
import gesso.ui.palette.Entry;
import java.util.ArrayList;
import java.util.List;

/** Everything that the palette finds: what can be done, settings, panels, models, LoRAs and embeddings. */
final class Findable {
    private final Words words;
    private final StudioModel model;
    private final List<Command> commands;
    private final RecipeView recipe;
    private final Runnable showRecipe;

    /** @param showRecipe brings the panel with the settings into sight */
    Findable(Words words, StudioModel model, List<Command> commands, RecipeView recipe, Runnable showRecipe) {
        this.words = words;
        this.model = model;
        this.commands = commands;
        this.recipe = recipe;
        this.showRecipe = showRecipe;
    }

    /** As they are now, in the language that is spoken. */
    List<Entry> entries() {
        List<Entry> all = new ArrayList<>();
        for (Command command : commands) {
            if (command.available().getAsBoolean()) {
                all.add(entry(command.words(), command.shortcut(), command.action()));
            }
        }
        for (Setting setting : settings()) {
            all.add(entry(keyOf(setting), value(setting), () -> show(setting)));
        }
        for (ToggleSetting fold : recipe.folds()) {
            all.add(entry(fold.name(), words.get("palette.group"), () -> {
                showRecipe.run();
                recipe.open(fold);
            }));
        }
        for (Theme theme : Theme.values()) {
            all.add(entry(
                    word(theme), words.get("theme.kind"), () -> model.theme().set(theme)));
        }
        for (Language language : Language.values()) {
            all.add(new Entry(
                    language.ownName(),
                    language.ownName(),
                    words.get("language.kind"),
                    () -> model.language().set(language)));
        }
        for (Checkpoint checkpoint : model.recipe().model().choices()) {
            all.add(named(
                    checkpoint.name(), "model", () -> model.recipe().model().set(checkpoint)));
        }
        for (NetworksModel.Entry network : model.recipe().networks().entries()) {
            all.add(named(
                    network.network().name(),
                    kind(network),
                    () -> model.recipe().networks().toggle(network)));
        }
        return all;
    }

    private static String kind(NetworksModel.Entry network) {
        return switch (network.kind()) {
            case LORA -> "networks.lora";
            default -> "networks.embedding";
        };
    }

    private static String word(Theme theme) {
        return switch (theme) {
            case DARK -> "theme.dark";
            case LIGHT -> "theme.light";
            case CONTRAST -> "theme.contrast";
        };
    }

    private Entry entry(String key, String kind, Runnable use) {
        Language now = words.languageProperty().get();
        return new Entry(Command.name(words.in(now, key)), Command.name(words.in(now.other(), key)), kind, use);
    }

    private Entry named(String name, String kind, Runnable use) {
        return new Entry(name, name, words.get(kind), use);
    }

    /** Those whose controls can be seen as things are. */
    private List<Setting> settings() {
        List<Setting> all = new ArrayList<>(model.recipe().settings());
        ReworkModel rework = model.recipe().rework();
        if (rework.sourceProperty().get() == null) {
            all.removeAll(rework.settings());
        } else if (rework.inpaint().maskProperty().get() == null) {
            all.removeAll(rework.inpaint().settings());
        }
        return all;
    }

    /** Its control has the words of its name; but for one, of which there are two. */
    private static String keyOf(Setting setting) {
        return setting.name().equals("rework-denoise") ? "denoise" : setting.name();
    }

    private String value(Setting setting) {
        String written = setting instanceof NumberSetting ? setting.write() : "";
        return written.isEmpty() ? words.get("palette.setting") : written;
    }

    private void show(Setting setting) {
        showRecipe.run();
        recipe.show(setting);
    }
}
