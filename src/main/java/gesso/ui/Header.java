package gesso.ui;

import gesso.ui.common.Language;
import gesso.ui.common.Parts;
import gesso.ui.common.Theme;
import gesso.ui.common.ToggleSetting;
import gesso.ui.common.Words;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The one bar: the panels on either side, language, theme, and where the pictures are. */
final class Header extends HBox {
    Header(Words words, StudioModel model, ToggleSetting recipePanel, ToggleSetting resultsPanel) {
        getStyleClass().add("header");
        Label name = new Label("Gesso");
        name.getStyleClass().add("wordmark");
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        Button recipe = panel(words, "panel.recipe", Feather.SIDEBAR, recipePanel);
        Button results = panel(words, "panel.results", Feather.COLUMNS, resultsPanel);
        Button models = Parts.iconButton(
                words,
                "models.open",
                Feather.BOX,
                () -> model.modelLibrary().openProperty().set(true));
        models.setId("models-open");
        Button folder = Parts.iconButton(
                words,
                "pictures.open",
                Feather.FOLDER,
                () -> model.services().reveal().accept(model.services().picturesFolder()));
        getChildren()
                .addAll(
                        recipe,
                        name,
                        place(words, model, false),
                        place(words, model, true),
                        new DocumentMenu(words, model.document()),
                        between,
                        models,
                        folder,
                        language(words, model),
                        theme(words, model),
                        results);
    }

    private static Button panel(Words words, String key, Feather icon, ToggleSetting shown) {
        Button button = Parts.iconButton(words, key, icon, () -> shown.set(!shown.isOn()));
        button.setId(key);
        return button;
    }

    /** One of the places of the window, by its name. */
    private static ToggleButton place(Words words, StudioModel model, boolean gallery) {
        ToggleButton button = new ToggleButton();
        button.setId(gallery ? "place-gallery" : "place-create");
        button.getStyleClass().addAll("flat", "quiet", "place");
        button.textProperty().bind(words.text(gallery ? "gallery" : "create"));
        button.setSelected(model.inGallery().isOn() == gallery);
        model.inGallery().onChange(() -> button.setSelected(model.inGallery().isOn() == gallery));
        button.setOnAction(event -> {
            model.inGallery().set(gallery);
            button.setSelected(true);
        });
        return button;
    }

    /** Says the other language's name in that language: whoever needs it can read it. */
    private static Button language(Words words, StudioModel model) {
        Button button = new Button();
        button.setId("language");
        button.getStyleClass().addAll("flat", "quiet");
        button.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> words.languageProperty().get().other().ownName(), words.languageProperty()));
        button.accessibleTextProperty().bind(words.text("language"));
        button.setTooltip(Parts.hint(words, "language"));
        button.setOnAction(event -> {
            Language now = model.language().chosen();
            model.language().set(now.other());
        });
        return button;
    }

    private static Button theme(Words words, StudioModel model) {
        Button button = Parts.iconButton(
                words,
                "theme",
                Feather.SUN,
                () -> model.theme().set(model.theme().chosen().next()));
        button.setId("theme");
        FontIcon icon = new FontIcon();
        icon.iconCodeProperty()
                .bind(Bindings.createObjectBinding(
                        () -> icon(model.theme().chosen().next()), model.theme().valueProperty()));
        button.setGraphic(icon);
        return button;
    }

    private static Feather icon(Theme theme) {
        return switch (theme) {
            case DARK -> Feather.MOON;
            case LIGHT -> Feather.SUN;
            case CONTRAST -> Feather.CIRCLE;
        };
    }
}
