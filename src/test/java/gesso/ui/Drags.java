package gesso.ui;

import com.sun.javafx.tk.TKClipboard;
import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.PickResult;
import javafx.scene.input.TransferMode;

/** Things dragged over a window from outside, as the desktop tells of them. On the FX thread. */
final class Drags {
    private final Node root;
    private final Map<DataFormat, Object> content;

    Drags(Node root, Map<DataFormat, Object> content) {
        this.root = root;
        this.content = content;
    }

    static Drags files(Node root, Path... files) {
        List<File> list = Arrays.stream(files).map(Path::toFile).toList();
        return new Drags(root, Map.of(DataFormat.FILES, list));
    }

    /** Whether the window would take it there. */
    boolean over(double x, double y) {
        return fire(DragEvent.DRAG_OVER, x, y).isAccepted();
    }

    boolean over(Node target) {
        Point2D middle = middle(target);
        return over(middle.getX(), middle.getY());
    }

    void leave() {
        fire(DragEvent.DRAG_EXITED, -1, -1);
    }

    void drop(double x, double y) {
        over(x, y);
        fire(DragEvent.DRAG_DROPPED, x, y);
    }

    void drop(Node target) {
        Point2D middle = middle(target);
        drop(middle.getX(), middle.getY());
    }

    private static Point2D middle(Node node) {
        Bounds bounds = node.localToScene(node.getBoundsInLocal());
        return new Point2D(bounds.getCenterX(), bounds.getCenterY());
    }

    private DragEvent fire(EventType<DragEvent> type, double x, double y) {
        Dragboard board = board(content);
        DragEvent event = new DragEvent(
                root, root, type, board, x, y, x, y, TransferMode.COPY, null, root, new PickResult(root, x, y));
        Event.fireEvent(root, event);
        return event;
    }

    /** JavaFX makes none but in its own drag gestures. */
    private static Dragboard board(Map<DataFormat, Object> content) {
        TKClipboard peer = (TKClipboard) Proxy.newProxyInstance(
                Drags.class.getClassLoader(), new Class<?>[] {TKClipboard.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "hasContent" -> content.containsKey((DataFormat) arguments[0]);
                        case "getContent" -> content.get((DataFormat) arguments[0]);
                        case "getContentTypes" -> content.keySet();
                        case "getTransferModes" -> java.util.Set.of(TransferMode.COPY);
                        default -> null;
                    };
                });
        try {
            Constructor<Dragboard> constructor = Dragboard.class.getDeclaredConstructor(TKClipboard.class);
            constructor.setAccessible(true);
            return constructor.newInstance(peer);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Dragboard", e);
        }
    }
}
