package gesso.library;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells when something in folders changes. The system tells where it can; folders of which it does not (network shares, too many
 * folders) are looked at every few seconds. Many changes at once, as while a file is copied, are told as one.
 */
public final class ModelWatch implements AutoCloseable {
    private static final long QUIET_MILLIS = 700;
    private static final long POLL_MILLIS = 5000;

    private final Runnable changed;
    private final Thread thread;
    private final @Nullable WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final Map<Path, Long> polled = new HashMap<>();
    private volatile boolean closed;

    /** @param changed is called on the watch's own thread, after some quiet */
    public ModelWatch(Runnable changed) {
        this(changed, newService());
    }

    /** @param service null: every folder is looked at from time to time */
    ModelWatch(Runnable changed, @Nullable WatchService service) {
        this.changed = changed;
        this.service = service;
        thread = new Thread(this::run, "gesso-model-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static @Nullable WatchService newService() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** Watches exactly these from now on. */
    public synchronized void watch(Collection<Path> folders) {
        Set<Path> wanted = new HashSet<>(folders);
        for (Path gone : new ArrayList<>(keys.keySet())) {
            WatchKey key = wanted.contains(gone) ? null : keys.remove(gone);
            if (key != null) {
                key.cancel();
            }
        }
        polled.keySet().retainAll(wanted);
        for (Path folder : wanted) {
            if (!keys.containsKey(folder) && !polled.containsKey(folder)) {
                register(folder);
            }
        }
    }

    private void register(Path folder) {
        try {
            if (service != null) {
                keys.put(
                        folder,
                        folder.register(
                                service,
                                StandardWatchEventKinds.ENTRY_CREATE,
                                StandardWatchEventKinds.ENTRY_DELETE,
                                StandardWatchEventKinds.ENTRY_MODIFY));
                return;
            }
        } catch (IOException | UnsupportedOperationException e) {
            // The system does not tell of this one: it is looked at.
        }
        polled.put(folder, time(folder));
    }

    private void run() {
        boolean due = false;
        try {
            while (!closed) {
                boolean heard = hear(due ? QUIET_MILLIS : POLL_MILLIS);
                if (due && !heard) {
                    due = false;
                    changed.run();
                } else {
                    due |= heard || poll();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // It was closed.
        }
    }

    /** Waits for something to happen. @return whether it did */
    private boolean hear(long millis) throws InterruptedException {
        if (service == null) {
            TimeUnit.MILLISECONDS.sleep(millis);
            return false;
        }
        WatchKey key = service.poll(millis, TimeUnit.MILLISECONDS);
        if (key == null) {
            return false;
        }
        List<WatchEvent<?>> events = key.pollEvents();
        key.reset();
        return !events.isEmpty();
    }

    /** Looks at the folders that the system does not tell of. @return whether one changed */
    synchronized boolean poll() {
        boolean found = false;
        for (Map.Entry<Path, Long> entry : polled.entrySet()) {
            long now = time(entry.getKey());
            found |= now != entry.getValue();
            entry.setValue(now);
        }
        return found;
    }

    private static long time(Path folder) {
        try {
            return Files.getLastModifiedTime(folder).toMillis();
        } catch (IOException e) {
            return -1; // not there for now
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                System.getLogger("gesso").log(System.Logger.Level.DEBUG, "The watch did not close.", e);
            }
        }
    }
}
