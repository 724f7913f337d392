package gesso.ui.gallery;

import gesso.request.Picture;
import gesso.ui.common.Background;
import gesso.ui.common.PictureImage;
import gesso.ui.common.PictureReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import org.jspecify.annotations.Nullable;

/**
 * Small pictures of files, made on threads of their own, what was asked for last first; those seen last stay in memory, up to
 * so many bytes. On the FX thread.
 */
public final class Thumbnails implements AutoCloseable {
    /** Of the longer side: enough for a tile on a screen of two pixels a point. */
    private static final int SIDE = 320;

    /** What was asked for before these has been scrolled away. */
    private static final int MOST_WAITING = 300;

    private static final Image UNREADABLE = new WritableImage(1, 1);

    private final PictureReader pictures;
    private final List<Background> workers = List.of(new Background(), new Background());
    private final long budget;
    private final Map<Path, Image> made = new LinkedHashMap<>(64, 0.75f, true);
    private final Deque<Path> waiting = new ArrayDeque<>();
    private final Set<Path> running = new HashSet<>();
    private final boolean[] busy = new boolean[workers.size()];
    private final List<BiConsumer<Path, Image>> listeners = new ArrayList<>();
    private long bytes;

    /** @param budget in bytes */
    public Thumbnails(PictureReader pictures, long budget) {
        this.pictures = pictures;
        this.budget = budget;
    }

    /** Who is told when one is there. */
    void onMade(BiConsumer<Path, Image> told) {
        listeners.add(told);
    }

    /** The small picture where it is there; else null, and it is made. */
    @Nullable
    Image get(Path file) {
        Image image = made.get(file);
        if (image == null && !running.contains(file)) {
            waiting.remove(file);
            waiting.push(file);
            while (waiting.size() > MOST_WAITING) {
                waiting.removeLast();
            }
            work();
        }
        return image;
    }

    /** A file has another picture now. */
    void forget(Path file) {
        Image old = made.remove(file);
        bytes -= old == null ? 0 : size(old);
    }

    long bytes() {
        return bytes;
    }

    private void work() {
        for (int i = 0; i < busy.length; i++) {
            Path next = busy[i] ? null : waiting.poll();
            if (next != null) {
                busy[i] = true;
                running.add(next);
                start(i, next);
            }
        }
    }

    private void start(int worker, Path file) {
        workers.get(worker)
                .run(
                        () -> {
                            Picture picture = pictures.read(file);
                            return PictureImage.image(PictureImage.reduced(picture, SIDE));
                        },
                        image -> done(worker, file, image),
                        e -> done(worker, file, UNREADABLE));
    }

    private void done(int worker, Path file, Image image) {
        busy[worker] = false;
        running.remove(file);
        forget(file);
        made.put(file, image);
        bytes += size(image);
        Iterator<Image> oldest = made.values().iterator();
        while (bytes > budget && made.size() > 1 && oldest.hasNext()) {
            bytes -= size(oldest.next());
            oldest.remove();
        }
        listeners.forEach(told -> told.accept(file, image));
        work();
    }

    private static long size(Image image) {
        return Math.round(4 * image.getWidth() * image.getHeight());
    }

    @Override
    public void close() {
        workers.forEach(Background::close);
    }
}
