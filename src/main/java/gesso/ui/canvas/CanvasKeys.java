package gesso.ui.canvas;

import gesso.canvas.MaskEdits;
import gesso.canvas.Viewpoint;
import gesso.image.Region;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** The canvas's keys, where no text is being typed. */
public final class CanvasKeys {
    private static final double TURN = 15;
    private static final double STEP = 1.25;

    private final Desk desk;
    private final CanvasModel model;
    private final CanvasView view;

    private CanvasKeys(Desk desk, CanvasModel model, CanvasView view) {
        this.desk = desk;
        this.model = model;
        this.view = view;
    }

    /** Listens to the window's keys that nothing in it has used. */
    public static void install(Scene scene, Desk desk, CanvasModel model, CanvasView view) {
        CanvasKeys keys = new CanvasKeys(desk, model, view);
        scene.addEventHandler(KeyEvent.KEY_PRESSED, key -> {
            if (!(scene.getFocusOwner() instanceof TextInputControl)
                    && !(key.getCode() == KeyCode.ENTER && scene.getFocusOwner() instanceof ButtonBase)
                    && (key.isShortcutDown() ? keys.command(key) : keys.plain(key))) {
                key.consume();
            }
        });
        scene.addEventHandler(KeyEvent.KEY_RELEASED, key -> {
            if (key.getCode() == KeyCode.C) {
                view.area().before(false);
            }
        });
    }

    private boolean command(KeyEvent key) {
        switch (key.getCode()) {
            case Z -> {
                if (key.isShiftDown()) {
                    desk.redo();
                } else {
                    desk.undo();
                }
            }
            case Y -> desk.redo();
            case I -> invert();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void invert() {
        Region bounds = desk.document().bounds();
        if (bounds != null) {
            desk.maskLayer().ifPresent(mask -> desk.perform(MaskEdits.inverted(mask, bounds)));
        }
    }

    private boolean plain(KeyEvent key) {
        PictureArea area = view.area();
        switch (key.getCode()) {
            case ENTER -> {
                return view.accept();
            }
            case ESCAPE -> {
                return area.cancelDrawing() || putAside();
            }
            case DELETE, BACK_SPACE -> desk.clearMask();
            case Q -> view.toggleMask();
            case OPEN_BRACKET -> desk.tools().resize(1 / STEP);
            case CLOSE_BRACKET -> desk.tools().resize(STEP);
            case DIGIT0, NUMPAD0 -> area.fit();
            case DIGIT1, NUMPAD1 -> area.actualSize();
            case X -> area.mirror();
            case COMMA -> area.turn(-TURN);
            case PERIOD -> area.turn(TURN);
            case PLUS, EQUALS, ADD -> zoom(area, STEP);
            case MINUS, SUBTRACT -> zoom(area, 1 / STEP);
            case C -> area.before(true);
            default -> {
                return tool(key.getCode());
            }
        }
        return true;
    }

    private static void zoom(PictureArea area, double factor) {
        Viewpoint from = area.view();
        area.scaleTo(from.scale() * factor, area.getWidth() / 2, area.getHeight() / 2);
    }

    /** Escape cancels what runs, before it puts anything aside. */
    private boolean putAside() {
        if (model.hasCandidate()) {
            model.putAside();
            return true;
        }
        return false;
    }

    private boolean tool(KeyCode code) {
        for (Tool tool : Tool.values()) {
            if (tool.key() == code && desk.document().bounds() != null) {
                desk.tools().toolProperty().set(tool);
                return true;
            }
        }
        return false;
    }
}
