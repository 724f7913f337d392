package gesso.ui.generate;

import gesso.request.Emphasis;
import gesso.request.Profile;
import gesso.request.Rng;
import gesso.request.SeedSettings;
import gesso.request.TextSettings;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Setting;
import gesso.ui.common.ToggleSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What few change: how the prompt is read, whose random numbers are used, which program's meanings the settings have. */
public final class AdvancedModel {
    private final NumberSetting clipSkip = NumberSetting.whole("clip-skip", 0, 12, 1, TextSettings.DEFAULT.clipSkip());
    private final ChoiceSetting<Emphasis> emphasis = ChoiceSetting.of("emphasis", TextSettings.DEFAULT.emphasis());
    private final ChoiceSetting<Rng> rng = ChoiceSetting.of("rng", SeedSettings.DEFAULT.rng());
    private final NumberSetting ensd =
            NumberSetting.whole("ensd", Integer.MIN_VALUE, Integer.MAX_VALUE, 1, SeedSettings.DEFAULT.ensd());
    private final ChoiceSetting<Profile> profile = ChoiceSetting.of("profile", Profile.A1111);
    private final ChoiceSetting<Optional<Path>> vae =
            new ChoiceSetting<>("vae", List.of(Optional.empty()), Optional.empty(), AdvancedModel::vaeText);
    private final ToggleSetting tiling = new ToggleSetting("tiling", false);
    private final ToggleSetting vaeTiling = new ToggleSetting("vae-tiling", false);

    public NumberSetting clipSkip() {
        return clipSkip;
    }

    public ChoiceSetting<Emphasis> emphasis() {
        return emphasis;
    }

    public ChoiceSetting<Rng> rng() {
        return rng;
    }

    public NumberSetting ensd() {
        return ensd;
    }

    public ChoiceSetting<Profile> profile() {
        return profile;
    }

    /** Empty: the checkpoint's own. */
    public ChoiceSetting<Optional<Path>> vae() {
        return vae;
    }

    public ToggleSetting tiling() {
        return tiling;
    }

    public ToggleSetting vaeTiling() {
        return vaeTiling;
    }

    List<Setting> settings() {
        return List.of(clipSkip, emphasis, rng, ensd, profile, vae, tiling, vaeTiling);
    }

    TextSettings text() {
        return new TextSettings(emphasis.chosen(), clipSkip.whole());
    }

    void setVaes(List<Path> files) {
        List<Optional<Path>> choices = new ArrayList<>();
        choices.add(Optional.empty());
        files.forEach(file -> choices.add(Optional.of(file)));
        vae.setChoices(choices, Optional.empty());
    }

    public void useVae(@Nullable Path file) {
        Optional<Path> wanted = Optional.ofNullable(file);
        if (!vae.choices().contains(wanted)) {
            List<Optional<Path>> more = new ArrayList<>(vae.choices());
            more.add(wanted);
            vae.setChoices(more, Optional.empty());
        }
        vae.set(wanted);
    }

    private static String vaeText(Optional<Path> file) {
        return file.map(Path::toString).orElse("");
    }
}
