package gesso.ui.gallery;

import gesso.library.gallery.GalleryLibrary;
import gesso.library.gallery.GalleryPicture;
import gesso.library.gallery.Marks;
import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Beside the grid: what is known of the selected picture, and what its user says of it. */
final class GalleryDetails extends ScrollPane {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final PseudoClass GIVEN = PseudoClass.getPseudoClass("given");
    private static final double KIN_SIDE = 72;
    private static final int MOST_KIN = 12;

    private final Words words;
    private final GalleryModel model;
    private final GalleryActions actions;
    private final HBox stars = new HBox();
    private final TextField tags = new TextField();
    private final TextArea note = new TextArea();
    private final TextArea prompt = new TextArea();
    private final Label facts = Parts.quiet("gallery-facts");
    private final VBox kin = new VBox();
    private final VBox content;
    private @Nullable GalleryPicture shown;

    GalleryDetails(Words words, GalleryModel model, GalleryActions actions) {
        this.words = words;
        this.model = model;
        this.actions = actions;
        getStyleClass().addAll("gallery-details", "panel");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        text(tags, "gallery-tags", "gallery.tags");
        tags.promptTextProperty().bind(words.text("gallery.tags.hint"));
        text(note, "gallery-note", "gallery.note");
        note.promptTextProperty().bind(words.text("gallery.note"));
        note.setPrefRowCount(2);
        note.setWrapText(true);
        text(prompt, "gallery-prompt", "prompt");
        prompt.setEditable(false);
        prompt.setWrapText(true);
        prompt.setPrefRowCount(6);
        facts.setWrapText(true);
        content = new VBox(stars, buttons(), tags, note, prompt, facts, kin);
        content.getStyleClass().add("gallery-about");
        setContent(content);
        content.setVisible(false);
        tags.setOnAction(event -> keepTags());
        tags.focusedProperty().addListener((property, old, now) -> keepTags());
        note.focusedProperty().addListener((property, old, now) -> keepNote());
        model.selectedProperty().addListener((property, old, now) -> show());
        model.versionProperty().addListener((property, old, now) -> show());
        words.languageProperty().addListener((property, old, now) -> show());
    }

    private void text(TextInputControl field, String id, String key) {
        field.setId(id);
        field.accessibleTextProperty().bind(words.text(key));
    }

    private Node buttons() {
        FlowPane row = new FlowPane(
                button("gallery.open", Feather.MAXIMIZE_2, () -> with(actions::open)),
                button("gallery.reuse", Feather.SLIDERS, () -> with(actions::reuse)),
                button("gallery.rework", Feather.IMAGE, () -> with(actions::rework)),
                button("gallery.preset", Feather.BOOKMARK, () -> with(actions::preset)),
                button(
                        "gallery.job",
                        Feather.LAYERS,
                        () -> with(p -> model.searchProperty().set("job:" + p.job()))),
                button("gallery.reveal", Feather.FOLDER, () -> with(actions::reveal)),
                button("gallery.delete", Feather.TRASH_2, () -> with(model::delete)));
        row.getStyleClass().add("gallery-actions");
        return row;
    }

    private Button button(String key, Feather icon, Runnable action) {
        Button button = Parts.iconButton(words, key, icon, action);
        button.setId(key.replace('.', '-'));
        return button;
    }

    private void with(Consumer<GalleryPicture> action) {
        GalleryPicture picture = model.selected();
        if (picture != null) {
            action.accept(picture);
        }
    }

    private void show() {
        GalleryPicture now = model.selected();
        GalleryPicture before = shown;
        boolean same = now != null && before != null && now.file().equals(before.file());
        if (!same) {
            keepTags();
            keepNote();
        }
        shown = now;
        content.setVisible(now != null);
        if (now == null) {
            return;
        }
        stars(now);
        if (!same || !tags.isFocused()) {
            tags.setText(String.join(", ", now.marks().tags()));
        }
        if (!same || !note.isFocused()) {
            note.setText(now.marks().note());
        }
        prompt.setText(
                now.negative().isEmpty()
                        ? now.prompt()
                        : now.prompt() + "\n\n" + words.get("negative-prompt") + ": " + now.negative());
        facts.setText(facts(now));
        if (!same) {
            kin.getChildren().clear();
            model.lineage(now, found -> kin(now, found));
        }
    }

    private static String facts(GalleryPicture picture) {
        String first = "%s · %d×%d · %s"
                .formatted(
                        picture.file().getFileName(),
                        picture.width(),
                        picture.height(),
                        TIME.format(Instant.ofEpochMilli(picture.taken())));
        String second = picture.program().isEmpty() ? "" : "\n" + picture.program();
        return first + second + (picture.settings().isEmpty() ? "" : "\n" + picture.settings());
    }

    private void stars(GalleryPicture picture) {
        if (stars.getChildren().isEmpty()) {
            for (int i = 1; i <= Marks.MOST_STARS; i++) {
                int rating = i;
                Button star = new Button();
                star.setId("star-" + i);
                star.getStyleClass().addAll("button-icon", "flat", "quiet", "star");
                star.setGraphic(new FontIcon(Feather.STAR));
                star.accessibleTextProperty().bind(words.text("gallery.stars", rating));
                star.setTooltip(Parts.hint(words, "gallery.stars.hint"));
                star.setOnAction(event -> with(p -> rate(p, rating)));
                stars.getChildren().add(star);
            }
        }
        for (int i = 0; i < Marks.MOST_STARS; i++) {
            stars.getChildren()
                    .get(i)
                    .pseudoClassStateChanged(GIVEN, i < picture.marks().rating());
        }
    }

    /** The same number again takes the stars away. */
    private void rate(GalleryPicture picture, int rating) {
        model.mark(picture, m -> m.withRating(m.rating() == rating ? 0 : rating));
    }

    private void keepTags() {
        GalleryPicture picture = shown;
        if (picture == null) {
            return;
        }
        List<String> typed = new Marks(0, Arrays.asList(tags.getText().split("[,，]", -1)), "", Map.of()).tags();
        if (!typed.equals(picture.marks().tags())) {
            shown = picture.withMarks(picture.marks().withTags(typed));
            model.mark(picture, m -> m.withTags(typed));
        }
    }

    private void keepNote() {
        GalleryPicture picture = shown;
        String typed = note.getText().strip();
        if (picture != null && !typed.equals(picture.marks().note())) {
            shown = picture.withMarks(picture.marks().withNote(typed));
            model.mark(picture, m -> m.withNote(typed));
        }
    }

    private void kin(GalleryPicture of, GalleryLibrary.Lineage found) {
        GalleryPicture now = shown;
        if (now == null || !now.file().equals(of.file())) {
            return;
        }
        kin.getChildren().clear();
        relatives("gallery.from", found.from());
        relatives("gallery.became", found.became());
    }

    private void relatives(String key, List<GalleryPicture> pictures) {
        if (pictures.isEmpty()) {
            return;
        }
        Label title = new Label();
        title.getStyleClass().add("section-title");
        title.textProperty().bind(words.text(key));
        FlowPane row = new FlowPane();
        row.setId(key.replace('.', '-'));
        for (GalleryPicture picture : pictures.subList(0, Math.min(MOST_KIN, pictures.size()))) {
            row.getChildren().add(relative(picture));
        }
        kin.getChildren().addAll(title, row);
    }

    private Button relative(GalleryPicture picture) {
        ImageView view = new ImageView();
        view.setPreserveRatio(true);
        view.setFitWidth(KIN_SIDE);
        view.setFitHeight(KIN_SIDE);
        view.setImage(model.thumbnails().get(picture.file()));
        Button button = new Button();
        button.getStyleClass().addAll("flat", "button-icon");
        button.setGraphic(view);
        button.setUserData(picture.file());
        button.setAccessibleText(picture.prompt());
        button.setOnAction(event -> model.find(picture));
        return button;
    }

    /** A small picture that was asked for is there. */
    void made(Path file, Image image) {
        for (Node row : kin.getChildren()) {
            if (row instanceof FlowPane pane) {
                for (Node child : pane.getChildren()) {
                    if (child instanceof Button button
                            && file.equals(button.getUserData())
                            && button.getGraphic() instanceof ImageView view) {
                        view.setImage(image);
                    }
                }
            }
        }
    }
}
