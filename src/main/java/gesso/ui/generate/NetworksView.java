package gesso.ui.generate;

import gesso.library.NetworkKind;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import java.util.List;
import javafx.beans.Observable;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** LoRAs and embeddings to search and to put into the prompt; those that do not fit the model say so. */
final class NetworksView extends VBox {
    private static final int MOST = 60;

    private final Words words;
    private final RecipeModel recipe;
    private final TextField search = new TextField();
    private final FlowPane found = new FlowPane();
    private final Label none = Parts.quiet("networks-none");

    NetworksView(Words words, RecipeModel recipe) {
        this.words = words;
        this.recipe = recipe;
        getStyleClass().add("fold-part");
        search.setId("networks-search");
        search.promptTextProperty().bind(words.text("networks.search"));
        search.accessibleTextProperty().bind(words.text("networks.search"));
        search.textProperty().addListener((property, old, now) -> fill());
        found.getStyleClass().add("chips");
        none.setWrapText(true);
        getChildren().addAll(search, found, none);
        recipe.networks().entries().addListener((Observable changed) -> fill());
        recipe.model().valueProperty().addListener((property, old, now) -> fill());
        words.languageProperty().addListener((property, old, now) -> fill());
        recipe.prompt().onChange(this::mark);
        fill();
    }

    private void fill() {
        List<NetworksModel.Entry> entries = recipe.networks().found(search.getText());
        found.getChildren()
                .setAll(entries.stream().limit(MOST).map(this::button).toList());
        boolean empty = recipe.networks().entries().isEmpty();
        search.setVisible(!empty);
        search.setManaged(!empty);
        String sentence = empty
                ? words.get("networks.none")
                : entries.isEmpty()
                        ? words.get("networks.not-found")
                        : entries.size() > MOST ? words.get("networks.more", entries.size() - MOST) : "";
        none.setText(sentence);
        none.setVisible(!sentence.isEmpty());
        none.setManaged(!sentence.isEmpty());
        mark();
    }

    private ToggleButton button(NetworksModel.Entry entry) {
        ToggleButton button = new ToggleButton(entry.network().name());
        button.setMnemonicParsing(false);
        button.getStyleClass().add("chip");
        button.setUserData(entry);
        Checkpoint checkpoint = recipe.model().get();
        boolean fits = checkpoint == null || entry.network().fits(checkpoint);
        Label kind = Parts.quiet(null);
        kind.setText(
                fits
                        ? words.get(entry.kind() == NetworkKind.LORA ? "networks.lora" : "networks.embedding")
                        : words.get("networks.unfit", entry.network().family()));
        button.setGraphic(kind);
        button.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        button.setAccessibleText(entry.network().name() + ", " + kind.getText());
        button.setOnAction(event -> recipe.networks().toggle(entry));
        return button;
    }

    /** Those that the prompt names are pressed. */
    private void mark() {
        found.getChildren().forEach(node -> {
            if (node instanceof ToggleButton button && button.getUserData() instanceof NetworksModel.Entry entry) {
                button.setSelected(recipe.networks().isUsed(entry));
            }
        });
    }
}
