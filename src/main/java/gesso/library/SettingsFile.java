package gesso.library;

import gesso.request.BadInput;
import gesso.request.GessoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The settings of this user, in {@code settings.json}. A broken file never stops the start: it is kept aside as
 * {@code settings.broken.json}, the one before it ({@code settings.backup.json}) or the defaults are used, and
 * {@link #notices} says so. Changes are written a moment later, many at once, beside and then into place. Thread-safe.
 */
public final class SettingsFile implements AutoCloseable {
    private static final long DELAY_MILLIS = 500;

    private final Path file;
    private final List<String> notices = new ArrayList<>();
    private final ScheduledExecutorService saver = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "gesso-settings");
        thread.setDaemon(true);
        return thread;
    });

    /** Held while a file is written: whoever changes a setting meanwhile must not wait for the disk. */
    private final Object writing = new Object();

    private volatile Settings saved;
    private Settings settings;
    private boolean scheduled;

    private SettingsFile(Path file) {
        this.file = file;
        this.settings = load();
        this.saved = settings;
    }

    /** Reads {@code settings.json} in this folder; never fails. */
    public static SettingsFile open(Path folder) {
        return new SettingsFile(folder.resolve("settings.json"));
    }

    public synchronized Settings settings() {
        return settings;
    }

    /** What went wrong when the file was read: sentences for the user, empty where all is well. */
    public List<String> notices() {
        return List.copyOf(notices);
    }

    /** Changes the settings; they reach the disk within a second, or with {@link #save} or {@link #close}. */
    public synchronized Settings update(UnaryOperator<Settings> change) {
        settings = change.apply(settings);
        if (!scheduled && !settings.equals(saved) && !saver.isShutdown()) {
            scheduled = true;
            Future<?> unused = saver.schedule(this::saveQuietly, DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
        return settings;
    }

    /**
     * Writes what has changed, now.
     *
     * @throws GessoException where it cannot be written; the file before stays as it is
     */
    public void save() {
        synchronized (writing) {
            Settings now;
            synchronized (this) {
                scheduled = false;
                now = settings;
            }
            if (!now.equals(saved)) {
                write(now);
                saved = now;
            }
        }
    }

    private void write(Settings now) {
        try {
            if (Files.exists(file)) {
                SafeFiles.replace(file.resolveSibling("settings.backup.json"), Files.readAllBytes(file));
            }
            SafeFiles.replace(file, SettingsText.write(now).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            throw new GessoException("The settings could not be saved in %s: %s.".formatted(file, SafeFiles.why(e)), e);
        }
    }

    private void saveQuietly() {
        try {
            save();
        } catch (GessoException e) {
            System.getLogger("gesso").log(System.Logger.Level.WARNING, e.sentence(), e);
        }
    }

    /** Writes what has changed, and ends. */
    @Override
    public void close() {
        saver.shutdown();
        save();
    }

    private Settings load() {
        try {
            Optional<Settings> read = read(file);
            return read.orElse(Settings.DEFAULT);
        } catch (BadInput e) {
            return fallBack(e);
        }
    }

    private Settings fallBack(BadInput fault) {
        String kept = keepAside();
        Settings instead = Settings.DEFAULT;
        String source = "the usual settings are used";
        try {
            Optional<Settings> backup = read(file.resolveSibling("settings.backup.json"));
            if (backup.isPresent()) {
                instead = backup.get();
                source = "the settings before it are used";
            }
        } catch (BadInput e) {
            // Broken too: the defaults, then.
        }
        notices.add("The settings could not be read from %s, so %s%s. (%s)"
                .formatted(file, source, kept, fault.sentence()));
        return instead;
    }

    private String keepAside() {
        Path aside = file.resolveSibling("settings.broken.json");
        try {
            SafeFiles.replace(aside, Files.readAllBytes(file));
            return "; the file is kept as " + aside.getFileName();
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    /** Empty: there is none. */
    private Optional<Settings> read(Path from) {
        try {
            String text = Files.readString(from);
            return Optional.of(SettingsText.read(text.startsWith("\uFEFF") ? text.substring(1) : text, notices));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new BadInput("%s cannot be read as text.".formatted(from.getFileName()), e);
        }
    }
}
