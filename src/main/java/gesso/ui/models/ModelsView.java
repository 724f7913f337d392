package gesso.ui.models;

import gesso.library.LibraryEntry;
import gesso.library.Shelf;
import gesso.ui.common.Parts;
import gesso.ui.common.Words;
import java.util.EnumMap;
import java.util.Map;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/**
 * The models panel over the window: kinds as tabs, a search, a list of cards, and the one that is looked at beside it. Arrow keys
 * walk through the list, Enter uses a model, F marks a favourite, Escape closes the panel.
 */
public final class ModelsView extends VBox {
    private final Words words;
    private final ModelsModel model;
    private final ModelUse use;
    private final ListView<LibraryEntry> list = new ListView<>();
    private final TextField search = new TextField();
    private final Map<Shelf, ToggleButton> tabs = new EnumMap<>(Shelf.class);

    public ModelsView(Words words, ModelsModel model, ModelUse use) {
        this.words = words;
        this.model = model;
        this.use = use;
        getStyleClass().add("models-panel");
        setId("models-panel");
        ModelDetails details = new ModelDetails(words, model, use);
        ScrollPane scroll = new ScrollPane(details);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("recipe-scroll", "model-details-scroll");
        HBox.setHgrow(list, Priority.ALWAYS);
        HBox middle = new HBox(list(), scroll);
        middle.getStyleClass().add("models-middle");
        VBox.setVgrow(middle, Priority.ALWAYS);
        getChildren().addAll(top(), tabs(), middle, new AddingView(words, model.adding()));
        setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY);
                event.consume();
            }
        });
        setOnDragDropped(this::dropped);
        visibleProperty().bind(model.openProperty());
        managedProperty().bind(model.openProperty());
        model.openProperty().addListener((property, old, now) -> {
            if (now) {
                search.requestFocus();
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.ESCAPE) {
                model.openProperty().set(false);
                key.consume();
            }
        });
    }

    /** A folder is searched from now on, a file put where its kind belongs. */
    private void dropped(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.getDragboard().getFiles().stream()
                    .findFirst()
                    .ifPresent(file -> model.adding().add(file.getPath()));
            event.setDropCompleted(true);
            event.consume();
        }
    }

    private Node top() {
        Label title = new Label();
        title.textProperty().bind(words.text("models.title"));
        title.getStyleClass().add("interrogate-title");
        search.setId("models-search");
        search.promptTextProperty().bind(words.text("models.search"));
        search.accessibleTextProperty().bind(words.text("models.search"));
        search.textProperty().bindBidirectional(model.searchProperty());
        HBox.setHgrow(search, Priority.ALWAYS);
        search.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.DOWN || key.getCode() == KeyCode.ENTER) {
                list.requestFocus();
                list.getSelectionModel().selectFirst();
                key.consume();
            }
        });
        ToggleButton favourites = new ToggleButton();
        favourites.setId("models-favourites");
        favourites.textProperty().bind(words.text("models.favourites"));
        favourites.selectedProperty().bindBidirectional(model.favouritesOnlyProperty());
        Button folder = new Button();
        folder.setId("models-add-folder");
        folder.textProperty().bind(words.text("models.add-folder"));
        folder.setOnAction(event -> use.chooseFolder());
        folder.setMinWidth(Region.USE_PREF_SIZE);
        favourites.setMinWidth(Region.USE_PREF_SIZE);
        title.setMinWidth(Region.USE_PREF_SIZE);
        Button refresh = Parts.iconButton(words, "models.refresh", Feather.REFRESH_CW, model::refresh);
        Button close = Parts.iconButton(
                words, "close", Feather.X, () -> model.openProperty().set(false));
        close.setId("models-close");
        HBox top = new HBox(title, search, favourites, folder, refresh, close);
        top.getStyleClass().add("control-top");
        return top;
    }

    private Node tabs() {
        ToggleGroup group = new ToggleGroup();
        FlowPane row = new FlowPane();
        row.getStyleClass().add("chips");
        for (Shelf shelf : Shelf.values()) {
            ToggleButton tab = new ToggleButton();
            tab.setId("models-" + shelf.id());
            tab.getStyleClass().add("chip");
            tab.setToggleGroup(group);
            tab.setOnAction(event -> {
                tab.setSelected(true);
                model.shelfProperty().set(shelf);
            });
            tabs.put(shelf, tab);
            row.getChildren().add(tab);
        }
        model.shown().addListener((Observable changed) -> label());
        model.shelfProperty().addListener((property, old, now) -> label());
        words.languageProperty().addListener((property, old, now) -> label());
        label();
        return row;
    }

    private void label() {
        tabs.forEach((shelf, tab) -> {
            tab.setText(words.get(ShelfTerms.of(shelf)) + " " + model.count(shelf));
            tab.setSelected(shelf == model.shelfProperty().get());
        });
    }

    private Node list() {
        list.setId("models-list");
        list.accessibleTextProperty().bind(words.text("models.title"));
        list.setItems(model.shown());
        list.setCellFactory(view -> new ModelCell(words, model));
        list.getStyleClass().add("models-list");
        Label none = new Label();
        none.getStyleClass().add("quiet-text");
        none.setWrapText(true);
        none.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> words.get(model.searchProperty().get().isBlank() ? "models.none" : "models.not-found"),
                        model.searchProperty(),
                        words.languageProperty()));
        list.setPlaceholder(none);
        list.getSelectionModel().selectedItemProperty().addListener((property, old, now) -> {
            if (now != null) {
                model.choose(now);
            }
        });
        list.setOnKeyPressed(key -> {
            LibraryEntry entry = list.getSelectionModel().getSelectedItem();
            if (entry != null && key.getCode() == KeyCode.ENTER && use.canUse(entry)) {
                use.use(entry);
                key.consume();
            } else if (entry != null && key.getCode() == KeyCode.F) {
                model.toggleFavourite(entry);
                key.consume();
            }
        });
        list.setOnMouseClicked(click -> {
            LibraryEntry entry = list.getSelectionModel().getSelectedItem();
            if (entry != null && click.getClickCount() == 2 && use.canUse(entry)) {
                use.use(entry);
            }
        });
        return list;
    }
}
