package gesso.ui.preset;

import gesso.library.preset.Preset;
import gesso.library.preset.PresetImport;
import gesso.library.preset.Presets;
import gesso.library.preset.Presets.Stored;
import gesso.request.GessoException;
import gesso.ui.common.Background;
import gesso.ui.common.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The presets there are, the one that is looked at, and the way back. On the FX thread; files are touched elsewhere. */
public final class PresetModel {
    private final Presets presets;
    private final Background background;
    private final PresetPreviews previews;
    private final ObservableList<Stored> all = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable PresetPreview> preview = new ReadOnlyObjectWrapper<>(this, "preview");
    private final ObjectProperty<@Nullable Undo> undo = new SimpleObjectProperty<>(this, "undo");
    private final ObjectProperty<@Nullable Problem> problem = new SimpleObjectProperty<>(this, "problem");

    /**
     * The way back from the last thing that was done.
     *
     * @param key the words of what was done to the preset of that name
     */
    public record Undo(String key, String name, Runnable back) {}

    public PresetModel(Presets presets, Background background, PresetPreviews previews) {
        this.presets = presets;
        this.background = background;
        this.previews = previews;
    }

    /** Looks for presets. */
    public void find() {
        list(null);
    }

    /** @param look at this one then; null: at none */
    private void list(@Nullable Path look) {
        background.run(
                presets::list,
                found -> {
                    all.setAll(found.presets());
                    found.notices().stream().findFirst().ifPresent(sentence -> problem.set(Problem.sentence(sentence)));
                    all.stream()
                            .filter(stored -> stored.file().equals(look))
                            .findFirst()
                            .ifPresent(this::look);
                },
                this::failed);
    }

    public ObservableList<Stored> all() {
        return FXCollections.unmodifiableObservableList(all);
    }

    /** What the preset that is looked at would change; null: none is. */
    public ReadOnlyObjectProperty<@Nullable PresetPreview> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    public ObjectProperty<@Nullable Undo> undoProperty() {
        return undo;
    }

    /** Why something could not be done. */
    public ObjectProperty<@Nullable Problem> problemProperty() {
        return problem;
    }

    /** Shows what a preset would change; nothing is changed by it. */
    public void look(Stored stored) {
        problem.set(null);
        previews.of(stored, preview::set);
    }

    public void lookAway() {
        preview.set(null);
    }

    /** Takes the lines over that were not left out. */
    public void apply() {
        PresetPreview now = preview.get();
        if (now != null) {
            Runnable back = previews.snapshot();
            now.changes().stream()
                    .filter(change -> change.on().isOn())
                    .forEach(change -> change.apply().run());
            preview.set(null);
            undo.set(new Undo("preset.applied", now.stored().preset().name("en"), back));
        }
    }

    public void undo() {
        Undo last = undo.get();
        if (last != null) {
            undo.set(null);
            last.back().run();
        }
    }

    /** Keeps a preset that is made in the background, and looks at it. */
    public void add(Supplier<Preset> made) {
        work(() -> presets.add(made.get()).file(), file -> {
            undo.set(null);
            list(file);
        });
    }

    /** Keeps the presets of files: JSON, cards, ZIPs and those of other programs. All are read before one is kept. */
    public void importFiles(List<Path> files, Consumer<Problem> otherwise) {
        background.run(() -> read(files), this::kept, e -> otherwise.accept(problem(e)));
    }

    private List<Stored> read(List<Path> files) {
        List<Stored> read = new ArrayList<>();
        for (Path file : files) {
            PresetImport.read(file).forEach(preset -> read.add(new Stored(file, true, preset)));
        }
        // What a newer version wrote would lose what this one does not know: it is used from where it lies.
        read.replaceAll(one -> one.preset().isReadOnly() ? one : presets.add(one.preset()));
        return read;
    }

    private void kept(List<Stored> kept) {
        Stored only = kept.size() == 1 ? kept.get(0) : null;
        list(null);
        if (only != null) {
            look(only);
        }
    }

    /** Gives one of the user's another name; a shipped one becomes the user's own by it. */
    public void rename(Stored stored, String name) {
        Preset preset = stored.preset();
        work(
                () -> presets.replace(stored, preset.withWords(name.strip(), preset.description("en"), preset.tags()))
                        .file(),
                file -> {
                    undo.set(new Undo(
                            "preset.renamed",
                            name,
                            () -> work(
                                    () -> presets.replace(new Stored(file, false, preset), preset)
                                            .file(),
                                    this::list)));
                    list(file);
                });
    }

    /** Deletes one of the user's. */
    public void delete(Stored stored) {
        work(() -> presets.delete(stored), was -> {
            lookAway();
            undo.set(new Undo(
                    "preset.deleted",
                    was.name("en"),
                    () -> work(() -> presets.add(was).file(), this::list)));
            find();
        });
    }

    /** Does something with files, and says what keeps it. */
    <T> void work(Supplier<T> work, Consumer<T> then) {
        problem.set(null);
        background.run(work, then, this::failed);
    }

    private void failed(RuntimeException e) {
        problem.set(problem(e));
    }

    private static Problem problem(RuntimeException e) {
        return e instanceof GessoException known
                ? Problem.sentence(known.sentence())
                : new Problem("gallery.failed", String.valueOf(e.getMessage()));
    }
}
