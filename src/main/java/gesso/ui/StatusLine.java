package gesso.ui;

import gesso.ui.common.ModelChoices;
import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import gesso.ui.queue.JobCard;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** The line at the bottom: what runs the networks, where models are, and what a step takes. */
final class StatusLine extends HBox {
    StatusLine(Words words, StudioModel model) {
        getStyleClass().add("status");
        Label device = Parts.quiet("device");
        device.textProperty().bind(model.deviceProperty());
        Button models = Parts.iconButton(words, "models.folder", Feather.FOLDER_PLUS, () -> openModels(model));
        models.getStyleClass().add("small-icon");
        Button again = Parts.iconButton(words, "models.refresh", Feather.REFRESH_CW, model::findModels);
        again.getStyleClass().add("small-icon");
        Label count = Parts.quiet("models");
        ObservableValue<String> found = Bindings.createStringBinding(
                () -> {
                    ModelChoices choices = model.modelsProperty().get();
                    return choices == null
                            ? words.get("models.looking")
                            : choices.checkpoints().isEmpty()
                                    ? words.get("models.none-found", choices.folder())
                                    : words.get(
                                            "models.count",
                                            choices.checkpoints().size());
                },
                model.modelsProperty(),
                words.languageProperty());
        count.textProperty().bind(found);
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        Label pace = Parts.quiet("pace");
        followRunning(words, model, pace);
        getChildren().addAll(device, count, models, again, between, pace);
    }

    private static void openModels(StudioModel model) {
        ModelChoices choices = model.modelsProperty().get();
        if (choices != null) {
            model.services().reveal().accept(choices.folder());
        }
    }

    private static void followRunning(Words words, StudioModel model, Label pace) {
        ChangeListener<@Nullable JobCard> follow = (property, old, now) -> {
            pace.textProperty().unbind();
            pace.setText("");
            if (now != null) {
                pace.textProperty()
                        .bind(Bindings.createStringBinding(
                                () -> now.progress().secondsPerStep() == 0
                                        ? ""
                                        : words.get(
                                                "progress.pace",
                                                "%.2f".formatted(now.progress().secondsPerStep())),
                                now.progressProperty(),
                                words.languageProperty()));
            }
        };
        model.queue().runningProperty().addListener(follow);
    }
}
