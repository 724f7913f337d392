package gesso.ui;

import gesso.ui.canvas.PictureActions;
import gesso.ui.common.Command;
import gesso.ui.common.Command.Where;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/** What can be done wherever one is in the window, and with which keys; and what can be done with the picture. */
final class Shortcuts {
    private static final KeyCombination.Modifier CTRL = KeyCombination.SHORTCUT_DOWN;
    private static final KeyCombination.Modifier SHIFT = KeyCombination.SHIFT_DOWN;

    private final StudioModel model;
    private final PictureActions picture;
    private final Parts parts;

    /** What the window itself can do. */
    interface Parts {
        void paste();

        void palette();

        void focusMode();

        /** Whether Tab has nowhere better to go than out of the panels and back. */
        boolean isOnCanvas();
    }

    Shortcuts(StudioModel model, PictureActions picture, Parts parts) {
        this.model = model;
        this.picture = picture;
        this.parts = parts;
    }

    /** All, in the order in which they are listed. */
    List<Command> commands() {
        BooleanSupplier always = () -> true;
        BooleanSupplier steers = () -> model.steering().possibleProperty().get();
        BooleanSupplier drawn = () -> model.desk().document().bounds() != null;
        BooleanSupplier made = () -> model.canvas().shownProperty().get() != null;
        BooleanSupplier runs = () -> model.queue().runningProperty().get() != null;
        BooleanSupplier any = () -> !model.queue().cards().isEmpty();
        BooleanSupplier again = () -> model.queue().lastProperty().get() != null;
        return List.of(
                command("generate", key(KeyCode.ENTER, CTRL), Where.FIRST, always, model::generate),
                command("cancel", key(KeyCode.ESCAPE), Where.LAST, runs, model::cancel),
                command(
                        "steer",
                        key(KeyCode.ENTER, KeyCombination.ALT_DOWN),
                        Where.FIRST,
                        steers,
                        model.steering()::apply),
                command("palette", key(KeyCode.K, CTRL), Where.FIRST, always, parts::palette),
                command("focus-mode", key(KeyCode.TAB), Where.FIRST, parts::isOnCanvas, parts::focusMode),
                command("queue.repeat", key(KeyCode.ENTER, CTRL, SHIFT), Where.FIRST, again, model.queue()::repeat),
                command("queue.empty", key(KeyCode.ESCAPE, SHIFT), Where.FIRST, any, model.queue()::empty),
                command("queue.cancel-all", null, Where.ELSEWHERE, any, model.queue()::cancelAll),
                command("queue.pause", null, Where.ELSEWHERE, this::isGoing, model.queue()::pause),
                command("queue.resume", null, Where.ELSEWHERE, () -> !isGoing(), model.queue()::resume),
                command("paste", key(KeyCode.V, CTRL), Where.FIRST, always, parts::paste),
                command("document.save", key(KeyCode.S, CTRL), Where.FIRST, drawn, model.document()::save),
                command("document.save-as", key(KeyCode.S, CTRL, SHIFT), Where.FIRST, drawn, model.document()::saveAs),
                command("document.open", key(KeyCode.O, CTRL), Where.FIRST, always, model.document()::open),
                command("rework.start", null, Where.ELSEWHERE, always, model::chooseSource),
                command("picture.rework", key(KeyCode.T), Where.UNLESS_TYPING, made, picture::rework),
                command("picture.reuse", key(KeyCode.R), Where.UNLESS_TYPING, made, picture::reuseSettings),
                command("picture.seed", key(KeyCode.S), Where.UNLESS_TYPING, made, picture::reuseSeed),
                command("picture.copy", key(KeyCode.C, CTRL), Where.UNLESS_TYPING, made, picture::copy),
                command("picture.interrogate", null, Where.ELSEWHERE, made, picture::interrogate),
                command("picture.upscale", key(KeyCode.U), Where.UNLESS_TYPING, made, picture::upscale),
                command("picture.reveal", null, Where.ELSEWHERE, made, picture::reveal),
                command(
                        "models.open",
                        key(KeyCode.M, CTRL),
                        Where.FIRST,
                        always,
                        () -> model.modelLibrary().openProperty().set(true)),
                command("models.refresh", null, Where.ELSEWHERE, always, model::findModels));
    }

    private boolean isGoing() {
        return !model.queue().pausedProperty().get();
    }

    private static Command command(
            String words, @Nullable KeyCombination keys, Where where, BooleanSupplier available, Runnable action) {
        return new Command(words, keys, where, available, action);
    }

    private static KeyCombination key(KeyCode code, KeyCombination.Modifier... held) {
        return new KeyCodeCombination(code, held);
    }

    /** Listens to the keys. */
    static void install(Scene scene, List<Command> commands) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (!isPastedText(scene, key)) {
                press(key, Where.FIRST, commands);
            }
        });
        // Handlers, not filters: what is open above the window takes Escape first, a list that hangs from its box for
        // one.
        scene.addEventHandler(KeyEvent.KEY_PRESSED, key -> {
            press(key, Where.LAST, commands);
            if (!isTyping(scene.getFocusOwner())) {
                press(key, Where.UNLESS_TYPING, commands);
            }
        });
    }

    private static void press(KeyEvent key, Where where, List<Command> commands) {
        for (Command command : commands) {
            KeyCombination keys = command.keys();
            if (command.where() == where
                    && keys != null
                    && keys.match(key)
                    && !key.isConsumed()
                    && command.available().getAsBoolean()) {
                command.action().run();
                key.consume();
            }
        }
    }

    /** A picture may be pasted while a text has the focus: the text could do nothing with it. */
    private static boolean isPastedText(Scene scene, KeyEvent key) {
        return isTyping(scene.getFocusOwner())
                && key.getCode() == KeyCode.V
                && Clipboard.getSystemClipboard().hasString();
    }

    private static boolean isTyping(Node focused) {
        return focused instanceof TextInputControl;
    }
}
