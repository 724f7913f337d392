package gesso.ui.generate;

import gesso.request.Refiner;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.ModelChoices;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The model that finishes what the first one began. */
public final class RefinerModel {
    private final ChoiceSetting<Optional<Path>> model = new ChoiceSetting<>(
            "refiner",
            List.of(Optional.empty()),
            Optional.empty(),
            file -> file.map(Path::toString).orElse(""));
    private final NumberSetting switchAt =
            NumberSetting.decimal("refiner-switch", 0, 1, 0.01, 2, Refiner.DEFAULT_SWITCH);

    /** Empty: none. */
    public ChoiceSetting<Optional<Path>> model() {
        return model;
    }

    public NumberSetting switchAt() {
        return switchAt;
    }

    List<Setting> settings() {
        return List.of(model, switchAt);
    }

    void setModels(ModelChoices models) {
        List<Optional<Path>> choices = new ArrayList<>();
        choices.add(Optional.empty());
        models.checkpoints().forEach(checkpoint -> choices.add(Optional.of(checkpoint.file())));
        model.setChoices(choices, Optional.empty());
    }

    @Nullable
    Refiner refiner() {
        return model.chosen().map(file -> new Refiner(file, switchAt.value())).orElse(null);
    }

    void use(@Nullable Refiner refiner) {
        if (refiner == null) {
            model.set(Optional.empty());
            return;
        }
        Optional<Path> wanted = Optional.of(refiner.model());
        if (!model.choices().contains(wanted)) {
            List<Optional<Path>> more = new ArrayList<>(model.choices());
            more.add(wanted);
            model.setChoices(more, Optional.empty());
        }
        model.set(wanted);
        switchAt.set(refiner.switchAt());
    }
}
