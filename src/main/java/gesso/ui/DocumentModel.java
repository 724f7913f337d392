package gesso.ui;

import gesso.canvas.Change;
import gesso.canvas.Contents;
import gesso.canvas.Layer;
import gesso.library.SafeFiles;
import gesso.library.document.DocumentFile;
import gesso.library.document.Documents;
import gesso.request.GessoException;
import gesso.ui.canvas.Desk;
import gesso.ui.common.Background;
import gesso.ui.common.FileDialogs;
import gesso.ui.common.Problem;
import gesso.ui.common.Setting;
import gesso.ui.common.TextSetting;
import gesso.ui.common.ToggleSetting;
import gesso.ui.generate.RecipeModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** The file that the canvas is kept in: saved, opened, and those of the last times. On the FX thread. */
public final class DocumentModel {
    private static final int MOST_RECENT = 8;

    private final Desk desk;
    private final RecipeModel recipe;
    private final Background background;
    private final FileDialogs dialogs;
    private final Consumer<Problem> refusal;
    private final TextSetting file = new TextSetting("document.file");
    private final TextSetting recent = new TextSetting("document.recent");
    private final ToggleSetting unsaved = new ToggleSetting("document.unsaved", false);

    /** @param refusal is told why a file could not be saved or opened */
    DocumentModel(
            Desk desk, RecipeModel recipe, Background background, FileDialogs dialogs, Consumer<Problem> refusal) {
        this.desk = desk;
        this.recipe = recipe;
        this.background = background;
        this.dialogs = dialogs;
        this.refusal = refusal;
        file.set(desk.fileProperty().get());
    }

    /** What is remembered of it from one time to the next. */
    List<Setting> settings() {
        return List.of(file, recent, unsaved);
    }

    /** Follows the canvas, once what was remembered is there. */
    void follow() {
        desk.setFile(file.get());
        desk.fileProperty().addListener((property, old, now) -> file.set(now));
        desk.revisionProperty()
                .addListener((property, old, now) -> unsaved.set(desk.document().bounds() != null));
    }

    /** The name of the document's file, if it has one. */
    String name() {
        return file.get().isEmpty() ? "" : String.valueOf(Path.of(file.get()).getFileName());
    }

    TextSetting file() {
        return file;
    }

    /** Whether anything was done since it was saved or opened. */
    ToggleSetting unsaved() {
        return unsaved;
    }

    /** The files saved or opened last, the newest first. */
    List<Path> recent() {
        return recent.get()
                .lines()
                .filter(line -> !line.isBlank())
                .map(Path::of)
                .toList();
    }

    TextSetting recentSetting() {
        return recent;
    }

    /** Saves to the document's file; asks for one where there is none. */
    void save() {
        if (file.get().isEmpty()) {
            saveAs();
        } else {
            write(Path.of(file.get()));
        }
    }

    void saveAs() {
        if (desk.document().bounds() == null) {
            refusal.accept(new Problem("document.empty"));
            return;
        }
        String name = name().isEmpty() ? "canvas." + Documents.ENDING : name();
        dialogs.save("Gesso", name).ifPresent(chosen -> {
            boolean named = chosen.toString().endsWith("." + Documents.ENDING);
            Path target = named ? chosen : Path.of(chosen + "." + Documents.ENDING);
            if (!named && Files.exists(target)) {
                // The dialog asked about the name without its ending.
                refusal.accept(new Problem("document.exists", target.getFileName()));
            } else {
                write(target);
            }
        });
    }

    void open() {
        dialogs.document("Gesso").ifPresent(this::open);
    }

    /** Opens a file; what is on the canvas comes back by undo. */
    void open(Path from) {
        background.run(
                () -> Documents.read(from),
                read -> {
                    boolean own = from.toString().endsWith("." + Documents.ENDING);
                    desk.open(read.contents(), own ? from.toAbsolutePath().toString() : "");
                    recipe.settings().forEach(setting -> take(setting, read.recipe()));
                    unsaved.set(!own);
                    remember(from);
                },
                e -> refusal.accept(
                        e instanceof GessoException known
                                ? Problem.sentence(known.sentence())
                                : new Problem("document.unreadable", from.getFileName())));
    }

    private static void take(Setting setting, Map<String, String> values) {
        String value = values.get(setting.name());
        if (value != null) {
            setting.read(value);
        }
    }

    private void write(Path target) {
        long revision = desk.revisionProperty().get();
        Change.Span span = desk.document().span();
        List<Layer> layers =
                desk.document().layers().stream().map(Layer::snapshot).toList();
        Map<String, String> values = new LinkedHashMap<>();
        recipe.settings().forEach(setting -> values.put(setting.name(), setting.write()));
        background.run(
                () -> written(target, new DocumentFile(Contents.of(span, layers), values)),
                done -> {
                    desk.setFile(done.toAbsolutePath().toString());
                    unsaved.set(desk.revisionProperty().get() != revision);
                    remember(done);
                },
                e -> refusal.accept(
                        e instanceof UncheckedIOException io
                                ? new Problem(
                                        "document.unwritten",
                                        target.getFileName(),
                                        SafeFiles.why(Objects.requireNonNull(io.getCause())))
                                : new Problem("document.unwritten", target.getFileName(), String.valueOf(e))));
    }

    private static Path written(Path target, DocumentFile document) {
        try {
            document.write(target);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remember(Path used) {
        List<String> all = new ArrayList<>();
        all.add(used.toAbsolutePath().toString());
        recent.get().lines().filter(line -> !all.contains(line)).forEach(all::add);
        recent.set(String.join("\n", all.subList(0, Math.min(MOST_RECENT, all.size()))));
    }
}
