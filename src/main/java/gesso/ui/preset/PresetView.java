package gesso.ui.preset;

import gesso.image.PictureFiles;
import gesso.library.preset.Preset;
import gesso.library.preset.PresetCard;
import gesso.library.preset.PresetValues;
import gesso.library.preset.Presets.Stored;
import gesso.request.GenerationRequest;
import gesso.ui.common.FileDialogs;
import gesso.ui.common.MadePicture;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.Parts;
import gesso.ui.common.PictureImage;
import gesso.ui.common.Problem;
import gesso.ui.common.Words;
import gesso.ui.generate.RecipeModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.Observable;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Chooses presets, and keeps what the controls say as one. */
public final class PresetView extends VBox {
    private final Words words;
    private final PresetModel model;
    private final RecipeModel recipe;
    private final FileDialogs dialogs;
    private final Function<Path, String> hash;
    private final Supplier<@Nullable MadePicture> shown;
    private final MenuButton button = new MenuButton();
    private final TextField name = new TextField();
    private final HBox naming;
    private Consumer<String> named = text -> {};

    /**
     * @param hash what is known of a checkpoint's hash, asked on a background thread
     * @param shown the finished picture on the canvas: a preset's thumbnail; null: none
     */
    public PresetView(
            Words words,
            PresetModel model,
            RecipeModel recipe,
            FileDialogs dialogs,
            Function<Path, String> hash,
            Supplier<@Nullable MadePicture> shown) {
        this.words = words;
        this.model = model;
        this.recipe = recipe;
        this.dialogs = dialogs;
        this.hash = hash;
        this.shown = shown;
        setId("presets");
        getStyleClass().add("choice-control");
        button.setId("preset");
        button.setMaxWidth(Double.MAX_VALUE);
        button.textProperty().bind(words.text("preset.choose"));
        button.accessibleTextProperty().bind(words.text("preset"));
        Label label = new Label();
        label.getStyleClass().add("setting-label");
        label.textProperty().bind(words.text("preset"));
        label.setLabelFor(button);
        naming = naming();
        VBox looked = new VBox();
        model.previewProperty().subscribe(now -> {
            looked.getChildren().clear();
            if (now != null) {
                looked.getChildren().add(new PreviewView(words, model, now, this));
            }
        });
        getChildren().addAll(label, button, naming, looked, undo(), problem());
        model.all().addListener((Observable changed) -> fill());
        words.languageProperty().addListener((property, old, now) -> fill());
        fill();
    }

    private void fill() {
        List<MenuItem> items = new ArrayList<>();
        items.add(item("preset-save", words.get("preset.save"), this::save));
        items.add(item("preset-open", words.get("preset.open"), this::open));
        items.add(new SeparatorMenuItem());
        String language = words.languageProperty().get().code();
        boolean own = false;
        for (Stored stored : model.all()) {
            if (own && stored.isShipped()) {
                items.add(new SeparatorMenuItem());
            }
            own = !stored.isShipped();
            items.add(item("preset-" + stored.id(), stored.preset().name(language), () -> model.look(stored)));
        }
        button.getItems().setAll(items);
    }

    private static MenuItem item(String id, String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setId(id);
        item.setMnemonicParsing(false);
        item.setOnAction(event -> action.run());
        return item;
    }

    private HBox naming() {
        name.setId("preset-name");
        name.accessibleTextProperty().bind(words.text("preset.name"));
        name.promptTextProperty().bind(words.text("preset.name"));
        HBox.setHgrow(name, Priority.ALWAYS);
        Button keep = new Button();
        keep.setId("preset-keep");
        keep.textProperty().bind(words.text("preset.keep"));
        keep.disableProperty().bind(name.textProperty().map(String::isBlank));
        keep.setOnAction(event -> done());
        name.setOnAction(event -> done());
        Button cancel = new Button();
        cancel.textProperty().bind(words.text("close"));
        cancel.setOnAction(event -> show(false));
        HBox row = new HBox(name, keep, cancel);
        row.getStyleClass().add("setting-row");
        row.setVisible(false);
        row.setManaged(false);
        return row;
    }

    /** Asks for a name, and goes on with it. */
    void ask(String suggestion, Consumer<String> then) {
        named = then;
        name.setText(suggestion);
        show(true);
        name.requestFocus();
        name.selectAll();
    }

    private void done() {
        if (!name.getText().isBlank()) {
            show(false);
            named.accept(name.getText().strip());
        }
    }

    private void show(boolean on) {
        naming.setVisible(on);
        naming.setManaged(on);
    }

    /** Keeps what the controls say; a wrong value is said at its control instead. */
    private void save() {
        recipe.request().ifPresent(request -> keep(request, shown()));
    }

    private @Nullable Path shown() {
        MadePicture made = shown.get();
        return made == null ? null : made.file();
    }

    /** Asks for a name, and keeps a request's settings under it. */
    public void keep(GenerationRequest request, @Nullable Path picture) {
        String suggestion =
                request.prompt().strip().lines().findFirst().orElse("").replaceFirst("[,(].*", "");
        Checkpoint checkpoint = recipe.model().choices().stream()
                .filter(choice -> choice.file().equals(request.model()))
                .findFirst()
                .orElse(null);
        ask(
                suggestion,
                text -> model.add(() -> {
                    Preset preset = Preset.of(text, PresetValues.of(request));
                    if (checkpoint != null) {
                        preset = preset.withModel(new Preset.Model(
                                checkpoint.name(), hash.apply(checkpoint.file()), checkpoint.family()));
                    }
                    return picture == null ? preset : preset.withThumbnail(PresetCard.thumbnail(picture));
                }));
    }

    private void open() {
        List<Path> files = dialogs.presets(words.get("preset.open"));
        if (!files.isEmpty()) {
            model.importFiles(files, model.problemProperty()::set);
        }
    }

    void rename(Stored stored) {
        ask(stored.preset().name("en"), text -> model.rename(stored, text));
    }

    void export(Stored stored) {
        Path picture = shown();
        dialogs.save(words.get("preset.export"), stored.id() + ".png")
                .ifPresent(target -> model.work(
                        () -> PresetFiles.export(stored.preset(), picture, target),
                        file -> model.undoProperty().set(null)));
    }

    /** Makes a preset's card, where it has a picture, to be seen and dragged. */
    void card(Stored stored, BiConsumer<Path, Image> then) {
        if (!stored.preset().thumbnail().isEmpty()) {
            model.work(
                    () -> {
                        Path file = PresetFiles.card(stored.preset(), null, stored.id() + ".png");
                        return Map.entry(file, PictureImage.image(PictureFiles.read(file)));
                    },
                    made -> then.accept(made.getKey(), made.getValue()));
        }
    }

    /** Puts the card on the clipboard, as a file. */
    void copy(Stored stored) {
        Path picture = shown();
        model.work(() -> PresetFiles.card(stored.preset(), picture, stored.id() + ".png"), file -> {
            ClipboardContent content = new ClipboardContent();
            content.putFiles(List.of(file.toFile()));
            Clipboard.getSystemClipboard().setContent(content);
        });
    }

    private Node undo() {
        Label done = new Label();
        done.setWrapText(true);
        done.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(done, Priority.ALWAYS);
        Button back = new Button();
        back.setId("preset-undo");
        back.textProperty().bind(words.text("undo"));
        back.setOnAction(event -> model.undo());
        HBox row = new HBox(done, back);
        row.getStyleClass().add("setting-row");
        model.undoProperty().subscribe(now -> {
            done.setText(now == null ? "" : words.get(now.key(), now.name()));
            row.setVisible(now != null);
            row.setManaged(now != null);
        });
        return row;
    }

    private Node problem() {
        Label label = new Label();
        label.setId("preset-problem");
        label.getStyleClass().add("problem");
        label.setWrapText(true);
        model.problemProperty().subscribe(now -> say(label, now));
        return label;
    }

    private void say(Label label, @Nullable Problem now) {
        label.textProperty().unbind();
        label.setVisible(now != null);
        label.setManaged(now != null);
        if (now != null) {
            label.textProperty().bind(now.text(words));
        }
    }

    /** A button of a word. */
    static Button word(Words words, String key, Runnable action) {
        Button made = new Button();
        made.setId(key.replace('.', '-'));
        made.textProperty().bind(words.text(key));
        made.setTooltip(Parts.hint(words, key));
        made.setOnAction(event -> action.run());
        return made;
    }
}
