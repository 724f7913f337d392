package gesso.ui;

import gesso.ui.canvas.PictureActions;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** The keys that work wherever the focus is, and those of the picture, where no text is being typed. */
final class Shortcuts {
    private static final KeyCombination GENERATE = new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination PASTE = new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination MODELS = new KeyCodeCombination(KeyCode.M, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination REWORK = new KeyCodeCombination(KeyCode.T);
    private static final KeyCombination CANCEL = new KeyCodeCombination(KeyCode.ESCAPE);
    private static final KeyCombination EMPTY = new KeyCodeCombination(KeyCode.ESCAPE, KeyCombination.SHIFT_DOWN);
    private static final KeyCombination REUSE = new KeyCodeCombination(KeyCode.R);
    private static final KeyCombination SEED = new KeyCodeCombination(KeyCode.S);

    private Shortcuts() {}

    static void install(Scene scene, StudioModel model, PictureActions picture, Runnable paste) {
        scene.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (GENERATE.match(key)) {
                use(key, model::generate);
            } else if (MODELS.match(key)) {
                use(key, () -> model.modelLibrary().openProperty().set(true));
            } else if (EMPTY.match(key)) {
                use(key, model.queue()::empty);
            } else if (PASTE.match(key) && !(isTyping(scene.getFocusOwner()) && isText())) {
                use(key, paste);
            }
        });
        // A handler, not a filter: what is open above the window takes Escape first, a list that hangs from its box for
        // one.
        scene.addEventHandler(KeyEvent.KEY_PRESSED, key -> {
            if (CANCEL.match(key)) {
                use(key, model::cancel);
            } else if (!isTyping(scene.getFocusOwner())) {
                pictureKey(key, picture);
            }
        });
    }

    private static void pictureKey(KeyEvent key, PictureActions picture) {
        if (REUSE.match(key)) {
            use(key, picture::reuseSettings);
        } else if (SEED.match(key)) {
            use(key, picture::reuseSeed);
        } else if (REWORK.match(key)) {
            use(key, picture::rework);
        } else if (COPY.match(key)) {
            use(key, picture::copy);
        }
    }

    /** A picture may be pasted while a text has the focus: the text could do nothing with it. */
    private static boolean isText() {
        return Clipboard.getSystemClipboard().hasString();
    }

    private static boolean isTyping(Node focused) {
        return focused instanceof TextInputControl;
    }

    private static void use(KeyEvent key, Runnable action) {
        action.run();
        key.consume();
    }
}
