package gesso.ui.canvas;

import gesso.ui.common.Command;
import gesso.ui.common.Command.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** What can be done on the canvas, with the keys that {@link CanvasKeys} listens to. */
public final class CanvasCommands {
    private final List<Command> commands = new ArrayList<>();

    private CanvasCommands() {}

    /** All of them. */
    public static List<Command> of(Desk desk, CanvasModel model, CanvasView view, Repaints repaints) {
        CanvasCommands all = new CanvasCommands();
        BooleanSupplier always = () -> true;
        BooleanSupplier drawing = () -> desk.document().bounds() != null;
        BooleanSupplier masked = () -> desk.hasMaskProperty().get();
        all.add("undo", KeyCode.Z, KeyCombination.SHORTCUT_DOWN, always, desk::undo);
        all.add("redo", KeyCode.Y, KeyCombination.SHORTCUT_DOWN, always, desk::redo);
        all.add("mask.clear", KeyCode.DELETE, masked, desk::clearMask);
        all.add("canvas.fit", KeyCode.DIGIT0, always, () -> view.area().fit());
        all.add("canvas.actual", KeyCode.DIGIT1, always, () -> view.area().actualSize());
        all.add("canvas.mirror", KeyCode.X, always, () -> view.area().mirror());
        all.add("candidate.accept", KeyCode.ENTER, model::hasCandidate, view::accept);
        all.add("candidate.aside", KeyCode.ESCAPE, model::hasCandidate, model::putAside);
        all.add("repaint.fill", masked, repaints::fill);
        all.add("repaint.add", masked, repaints::add);
        all.add("repaint.remove", masked, repaints::remove);
        all.add("repaint.expand", drawing, repaints::expand);
        for (Tool tool : Tool.values()) {
            all.add(
                    tool.words(),
                    tool.key(),
                    drawing,
                    () -> desk.tools().toolProperty().set(tool));
        }
        return all.commands;
    }

    private void add(String words, KeyCode key, KeyCombination.Modifier held, BooleanSupplier when, Runnable action) {
        commands.add(new Command(words, new KeyCodeCombination(key, held), Where.ELSEWHERE, when, action));
    }

    private void add(String words, KeyCode key, BooleanSupplier when, Runnable action) {
        commands.add(new Command(words, new KeyCodeCombination(key), Where.ELSEWHERE, when, action));
    }

    private void add(String words, BooleanSupplier when, Runnable action) {
        commands.add(new Command(words, null, Where.ELSEWHERE, when, action));
    }
}
