package gesso.command;

import gesso.image.GeneratedPicture;
import gesso.image.PictureFiles;
import gesso.job.PictureStore;
import gesso.library.Gallery;
import gesso.library.PictureFolder;
import gesso.request.BadInput;
import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Every picture of a folder reworked by the same settings; the new ones are named after them. What cannot be used is said, and
 * the rest goes on.
 */
final class FolderRun implements PictureStore {
    private final List<Path> sources;
    private final Path into;
    private final Terminal terminal;
    private volatile String name = "";

    /**
     * The pictures are listed, not read.
     *
     * @param into a folder for the new pictures
     * @throws BadInput where there is none in the folder
     */
    FolderRun(Path folder, Path into, Terminal terminal) {
        sources = PictureFolder.pictures(List.of(folder));
        if (String.valueOf(into.getFileName()).toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new BadInput("--image is a folder, so --out must be one too, and %s is a file.".formatted(into));
        }
        this.into = into;
        this.terminal = terminal;
    }

    @Override
    public Path save(GeneratedPicture picture) {
        return Gallery.saveTo(picture, into.resolve(name + ".png"));
    }

    /**
     * Makes all of them.
     *
     * @param request what is asked for of one source
     * @param make makes it, and gives the exit code
     * @return the exit code: that of the last one that failed, else 0
     */
    int run(Function<Path, GenerationRequest> request, ToIntFunction<GenerationRequest> make) {
        int worst = ExitCode.DONE;
        for (Path source : sources) {
            int code = one(source, request, make);
            if (code == ExitCode.CANCELLED) {
                return code;
            }
            worst = code == ExitCode.DONE ? worst : code;
        }
        return worst;
    }

    private int one(Path source, Function<Path, GenerationRequest> request, ToIntFunction<GenerationRequest> make) {
        String file = String.valueOf(source.getFileName());
        int dot = file.lastIndexOf('.');
        name = dot > 0 ? file.substring(0, dot) : file;
        try {
            PictureFiles.read(source);
        } catch (BadInput e) {
            terminal.say(e.sentence());
            return ExitCode.BAD_INPUT;
        }
        try {
            return make.applyAsInt(request.apply(source));
        } catch (InvalidRequest e) {
            if (!e.field().equals("size")
                    && !e.field().equals("outpaint")
                    && !e.field().equals("sd-upscale")) {
                throw e; // Wrong of every picture.
            }
            terminal.say("%s: %s".formatted(file, e.sentence()));
            return ExitCode.BAD_INPUT;
        }
    }
}
