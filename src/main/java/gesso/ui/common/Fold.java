package gesso.ui.common;

import java.util.List;
import java.util.function.Supplier;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.IntegerBinding;
import javafx.beans.binding.StringBinding;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A group that opens and closes, remembers which, and says in its title how many of its values are not the default. */
public final class Fold extends VBox {
    private final ToggleSetting open;
    private final VBox body = new VBox();

    /** @param content is made when the fold is opened first: most never are, and the window starts the sooner */
    public Fold(
            Words words,
            String key,
            ToggleSetting open,
            List<? extends Setting> settings,
            Supplier<? extends List<? extends Node>> content) {
        this(words, titleText(words, key, settings), open, content);
        for (Setting setting : settings) {
            setting.onReveal(() -> open.set(true));
            // A sentence about a value must not stay hidden.
            setting.problemProperty().addListener((property, old, now) -> {
                if (now != null) {
                    open.set(true);
                }
            });
        }
    }

    /** One whose title says by itself what is in it. */
    public Fold(
            Words words, StringBinding title, ToggleSetting open, Supplier<? extends List<? extends Node>> content) {
        this.open = open;
        getStyleClass().add("fold");
        body.getStyleClass().add("fold-body");
        body.visibleProperty().bind(open.onProperty());
        body.managedProperty().bind(open.onProperty());
        getChildren().addAll(title(words, title), body);
        open.onChange(() -> fill(content));
        fill(content);
    }

    private void fill(Supplier<? extends List<? extends Node>> content) {
        if (open.isOn() && body.getChildren().isEmpty()) {
            body.getChildren().setAll(content.get());
        }
    }

    private Button title(Words words, StringBinding text) {
        Button title = new Button();
        title.getStyleClass().addAll("flat", "fold-title");
        title.setMaxWidth(Double.MAX_VALUE);
        title.setAlignment(Pos.CENTER_LEFT);
        title.setId(open.name().replace('.', '-'));
        FontIcon icon = new FontIcon();
        icon.iconCodeProperty()
                .bind(Bindings.createObjectBinding(
                        () -> open.isOn() ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT, open.onProperty()));
        title.setGraphic(icon);
        title.textProperty().bind(text);
        StringBinding state = Bindings.createStringBinding(
                () -> words.get(open.isOn() ? "fold.open" : "fold.closed", text.get()),
                text,
                open.onProperty(),
                words.languageProperty());
        title.accessibleTextProperty().bind(state);
        title.setOnAction(event -> open.set(!open.isOn()));
        return title;
    }

    private static StringBinding titleText(Words words, String key, List<? extends Setting> settings) {
        Observable[] changes = settings.stream().map(Setting::changedProperty).toArray(Observable[]::new);
        IntegerBinding count = Bindings.createIntegerBinding(
                () -> (int)
                        settings.stream().filter(s -> s.changedProperty().get()).count(),
                changes);
        return Bindings.createStringBinding(
                () -> count.get() == 0 ? words.get(key) : words.get("fold.changed", words.get(key), count.get()),
                count,
                words.languageProperty());
    }
}
