package gesso.ui.gallery;

import gesso.library.gallery.GalleryPicture;
import gesso.ui.common.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.collections.ObservableListBase;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** Rows of small pictures. Only those in sight exist, however many there are. */
final class GalleryGrid extends ListView<Integer> {
    /** For the scroll bar. */
    private static final double BESIDE = 24;

    private final GalleryModel model;
    private final GalleryActions actions;
    private final Rows rows = new Rows();
    private final Set<Row> cells = new HashSet<>();
    private final LinkedHashSet<Path> picked = new LinkedHashSet<>();
    private int columns = 1;

    GalleryGrid(Words words, GalleryModel model, GalleryActions actions) {
        this.model = model;
        this.actions = actions;
        setId("gallery-grid");
        getStyleClass().add("gallery-grid");
        accessibleTextProperty().bind(words.text("gallery"));
        setFixedCellSize(GalleryTile.SIDE + 8);
        setCellFactory(view -> new Row());
        setItems(rows);
        widthProperty().addListener((property, old, now) -> arrange());
        model.countProperty().addListener((property, old, now) -> arrange());
        model.versionProperty().addListener((property, old, now) -> repaint());
        model.selectedProperty().addListener((property, old, now) -> {
            if (now.intValue() >= 0) {
                reveal(now.intValue() / columns);
            }
            repaint();
        });
        model.thumbnails().onMade((file, image) -> cells.forEach(row -> row.made(file)));
        // A filter: a list has ideas of its own about the arrow keys.
        addEventFilter(KeyEvent.KEY_PRESSED, this::walk);
    }

    /** The pictures that were picked to be compared, in order. */
    Set<Path> picked() {
        return picked;
    }

    void pick(GalleryPicture picture) {
        if (!picked.remove(picture.file())) {
            picked.add(picture.file());
            if (picked.size() > 2) {
                picked.remove(picked.iterator().next());
            }
        }
        repaint();
    }

    private void arrange() {
        columns = Math.max(1, (int) ((getWidth() - BESIDE) / (GalleryTile.SIDE + 8)));
        rows.resize((model.countProperty().get() + columns - 1) / columns);
        repaint();
    }

    private void repaint() {
        cells.forEach(Row::fill);
    }

    /** Scrolls only where the row is not in sight whole. */
    private void reveal(int row) {
        boolean seen = cells.stream()
                .anyMatch(cell -> cell.getIndex() == row && !cell.isEmpty() && cell.isVisible() && isInSight(cell));
        if (!seen) {
            scrollTo(row);
        }
    }

    private boolean isInSight(Row cell) {
        double top = sceneToLocal(cell.localToScene(0, 0)).getY();
        return top >= -1 && top + getFixedCellSize() <= getHeight() + 1;
    }

    private void walk(KeyEvent key) {
        if (key.isShortcutDown() || key.isAltDown()) {
            return;
        }
        int now = Math.max(0, model.selectedProperty().get());
        int page = columns * Math.max(1, (int) (getHeight() / getFixedCellSize()));
        Integer to =
                switch (key.getCode()) {
                    case LEFT -> now - 1;
                    case RIGHT -> now + 1;
                    case UP -> now - columns;
                    case DOWN -> now + columns;
                    case PAGE_UP -> now - page;
                    case PAGE_DOWN -> now + page;
                    case HOME -> 0;
                    case END -> model.countProperty().get() - 1;
                    default -> null;
                };
        if (to != null) {
            if ((key.getCode() == KeyCode.UP || key.getCode() == KeyCode.DOWN)
                    && (to < 0 || to >= model.countProperty().get())) {
                to = now;
            }
            model.select(to);
            key.consume();
        }
    }

    /** As many rows as there are, without anything in them. */
    private static final class Rows extends ObservableListBase<Integer> {
        private int size;

        void resize(int now) {
            int before = size;
            if (now == before) {
                return;
            }
            beginChange();
            size = now;
            if (now > before) {
                nextAdd(before, now);
            } else {
                List<Integer> gone = new ArrayList<>();
                for (int i = now; i < before; i++) {
                    gone.add(i);
                }
                nextRemove(now, gone);
            }
            endChange();
        }

        @Override
        public Integer get(int index) {
            return index;
        }

        @Override
        public int size() {
            return size;
        }
    }

    private final class Row extends ListCell<Integer> {
        private final HBox box = new HBox();

        Row() {
            getStyleClass().add("gallery-row");
            box.getStyleClass().add("gallery-row-box");
            cells.add(this);
        }

        @Override
        protected void updateItem(@Nullable Integer row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(row == null ? null : box);
            fill();
        }

        private void fill() {
            Integer row = getItem();
            if (row == null || isEmpty()) {
                return;
            }
            while (box.getChildren().size() < columns) {
                box.getChildren().add(tile());
            }
            box.getChildren().remove(columns, box.getChildren().size());
            for (int i = 0; i < columns; i++) {
                int place = row * columns + i;
                GalleryTile tile = (GalleryTile) box.getChildren().get(i);
                boolean there = place < model.countProperty().get();
                tile.setVisible(there);
                GalleryPicture picture = there ? model.at(place) : null;
                tile.show(
                        place,
                        picture,
                        model.thumbnails(),
                        place == model.selectedProperty().get(),
                        picture != null && picked.contains(picture.file()));
            }
        }

        private void made(Path file) {
            if (!isEmpty() && box.getChildren().stream().anyMatch(tile -> shows(tile, file))) {
                fill();
            }
        }

        private static boolean shows(Object tile, Path file) {
            GalleryPicture picture = ((GalleryTile) tile).picture();
            return picture != null && picture.file().equals(file);
        }

        private GalleryTile tile() {
            GalleryTile tile = new GalleryTile();
            tile.setOnMouseClicked(click -> {
                GalleryPicture picture = tile.picture();
                GalleryGrid.this.requestFocus();
                model.select(tile.place());
                if (picture != null && click.isShortcutDown()) {
                    pick(picture);
                } else if (picture != null && click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2) {
                    actions.open(picture);
                }
                click.consume();
            });
            tile.setOnDragDetected(event -> {
                GalleryPicture picture = tile.picture();
                if (picture != null) {
                    actions.drag(tile, picture, model.thumbnails().get(picture.file()));
                    event.consume();
                }
            });
            return tile;
        }
    }
}
