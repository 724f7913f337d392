package gesso.library.gallery;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A picture in the gallery, as the index knows it. What a file does not say is empty, or null for numbers.
 *
 * @param id in this index alone
 * @param taken when the file was written, in milliseconds since 1970
 * @param program that made it, as {@link gesso.library.foreign.PictureSettings} names it; empty: not known
 * @param settings the parameters' last line, {@code Steps: 20, …}
 * @param job what the pictures of one job have in common
 * @param inJob how many pictures this one stands for: more than one only in a list by jobs
 */
public record GalleryPicture(
        long id,
        Path file,
        long taken,
        String prompt,
        String negative,
        String model,
        @Nullable Long seed,
        int width,
        int height,
        String sampler,
        @Nullable Integer steps,
        @Nullable Double cfg,
        String program,
        String settings,
        String job,
        Marks marks,
        int inJob) {
    public GalleryPicture withMarks(Marks value) {
        return new GalleryPicture(
                id, file, taken, prompt, negative, model, seed, width, height, sampler, steps, cfg, program, settings,
                job, value, inJob);
    }
}
