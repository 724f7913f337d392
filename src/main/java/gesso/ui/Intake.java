package gesso.ui;

import gesso.library.PictureFolder;
import gesso.library.preset.PresetImport;
import gesso.request.GenerationRequest;
import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.ui.common.Background;
import gesso.ui.common.PictureImage;
import gesso.ui.common.Problem;
import gesso.ui.common.SettingsReader;
import gesso.ui.common.SourcePicture;
import gesso.ui.control.ControlUnitModel;
import gesso.ui.drop.DropReceiver;
import gesso.ui.drop.DropTarget;
import gesso.ui.drop.Incoming;
import gesso.ui.drop.Incoming.Kind;
import gesso.ui.generate.RecipeModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.image.Image;
import org.jspecify.annotations.Nullable;

/** Brings what is dropped, pasted or chosen to where it belongs. What cannot be read changes nothing. On the FX thread. */
public final class Intake implements DropReceiver {
    private final StudioServices services;
    private final Background background;
    private final RecipeModel recipe;
    private final Consumer<String> notice;
    private final Runnable installed;
    private final Background installing = new Background();
    private Consumer<List<Path>> presets = files -> {};
    private Consumer<Path> documents = file -> {};
    private Consumer<Problem> refusal = problem -> {};
    private Runnable paint = () -> {};

    /**
     * Takes nothing yet.
     *
     * @param notice is told, in a sentence, what a picture says that could not be taken over
     * @param installed is called when there is a new model
     */
    Intake(
            StudioServices services,
            Background background,
            RecipeModel recipe,
            Consumer<String> notice,
            Runnable installed) {
        this.services = services;
        this.background = background;
        this.recipe = recipe;
        this.notice = notice;
        this.installed = installed;
    }

    /** Who is told why something that was dropped or pasted cannot be used. */
    void refuseWith(Consumer<Problem> refuse) {
        refusal = refuse;
    }

    @Override
    public boolean offers(DropTarget target, Incoming what) {
        Kind kind = what.kind();
        return switch (target) {
            case REWORK -> kind == Kind.PICTURE || kind == Kind.PICTURES;
            case PAINT -> kind == Kind.PICTURE;
            case MASK ->
                kind == Kind.PICTURE && recipe.rework().sourceProperty().get() != null;
            case CONTROL -> kind == Kind.PICTURE;
            case SETTINGS -> kind == Kind.PICTURE && what.mayHaveSettings();
            case OPEN -> kind == Kind.DOCUMENT;
            case PRESET ->
                kind == Kind.PRESETS || (kind == Kind.PICTURE && !what.files().isEmpty() && isCard(what));
            case INSTALL -> kind == Kind.MODEL;
        };
    }

    @Override
    public void accept(DropTarget target, Incoming what) {
        switch (target) {
            case REWORK -> {
                if (what.kind() == Kind.PICTURES) {
                    several(what);
                } else {
                    read(what, this::rework, refusal);
                }
            }
            case PAINT ->
                read(
                        what,
                        picture -> {
                            rework(picture);
                            paint.run();
                        },
                        refusal);
            case MASK -> read(what, this::mask, refusal);
            case CONTROL -> read(what, recipe.control()::add, refusal);
            case SETTINGS -> settings(what, refusal);
            case OPEN -> documents.accept(what.files().get(0));
            case PRESET -> presets.accept(what.files());
            case INSTALL -> what.files().forEach(this::install);
            default -> throw new IllegalArgumentException(target + " is not offered");
        }
    }

    /** Whether the picture has a preset inside; its texts are read, not its pixels. */
    private static boolean isCard(Incoming what) {
        return what.files().stream().allMatch(PresetImport::isCard);
    }

    /** Who opens documents. */
    void documentsWith(Consumer<Path> action) {
        documents = action;
    }

    /** Who takes files of presets. */
    void presetsWith(Consumer<List<Path>> action) {
        presets = action;
    }

    /** Why something cannot be used, for whoever takes what was dropped. */
    void refuse(Problem problem) {
        refusal.accept(problem);
    }

    /** What takes the brush to the mask. */
    void paintWith(Runnable action) {
        paint = action;
    }

    /** Starts from a file that was chosen; what keeps it is said at the recipe. */
    void source(Path file) {
        read(Incoming.of(file), this::rework, recipe.rework().problemProperty()::set);
    }

    void maskFile(Path file) {
        read(Incoming.of(file), this::mask, recipe.rework().problemProperty()::set);
    }

    /** On a thread of its own: a model may have to be copied from another disk. */
    private void install(Path file) {
        installing.run(
                () -> services.install().apply(file),
                sentence -> {
                    notice.accept(sentence);
                    installed.run();
                },
                e -> refusal.accept(why(e, "drop.not-installed", Incoming.of(file))));
    }

    /** Gives a unit a picture of its own; what keeps it is said at its model. */
    void control(ControlUnitModel unit, Path file) {
        read(Incoming.of(file), unit.pictureProperty()::set, unit.network().problemProperty()::set);
    }

    /** Starts from a picture, at its size where no other was chosen. */
    private void rework(SourcePicture picture) {
        recipe.rework().clear();
        recipe.rework().sourceProperty().set(picture);
        recipe.size().suggestFor(picture.picture().size());
    }

    /** Starts from the first, and remembers the others. */
    private void several(Incoming what) {
        background.run(
                () -> {
                    List<Path> files = PictureFolder.pictures(what.files());
                    return new Several(pictureIn(Incoming.of(files.get(0))), files.subList(1, files.size()));
                },
                several -> {
                    rework(several.first());
                    recipe.rework().more().setAll(several.others());
                },
                e -> refusal.accept(why(e, "drop.unreadable", what)));
    }

    private record Several(SourcePicture first, List<Path> others) {}

    private void mask(SourcePicture picture) {
        recipe.rework().inpaint().maskProperty().set(picture);
    }

    /** Sets the controls to what a picture file says. */
    public void settings(Incoming what, Consumer<Problem> otherwise) {
        Optional<GenerationRequest> base = recipe.request();
        if (base.isEmpty()) {
            otherwise.accept(new Problem("drop.first-mend"));
            return;
        }
        background.run(
                () -> services.settings().read(file(what), base.get()),
                (SettingsReader.Reading reading) -> {
                    recipe.use(reading.request());
                    reading.notes().forEach(notice);
                },
                e -> otherwise.accept(why(e, "drop.no-settings", what)));
    }

    private void read(Incoming what, Consumer<SourcePicture> then, Consumer<Problem> otherwise) {
        Image image = what.image();
        Supplier<SourcePicture> work =
                image == null ? () -> pictureIn(what) : () -> SourcePicture.of(PictureImage.picture(image));
        background.run(work, then, e -> otherwise.accept(why(e, "drop.unreadable", what)));
    }

    private SourcePicture pictureIn(Incoming what) {
        Path file = file(what);
        Picture picture = services.pictures().read(file);
        return new SourcePicture(picture, String.valueOf(file.getFileName()), file);
    }

    /** The file itself; what lies elsewhere is fetched first. */
    private Path file(Incoming what) {
        @Nullable String address = what.address();
        return address == null ? what.files().get(0) : services.fetch().apply(address);
    }

    private static Problem why(RuntimeException e, String key, Incoming what) {
        return e instanceof GessoException known ? Problem.sentence(known.sentence()) : new Problem(key, what.name());
    }
}
