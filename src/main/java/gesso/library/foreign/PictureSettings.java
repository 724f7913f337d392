package gesso.library.foreign;

import gesso.image.PictureFiles;
import gesso.image.metadata.Infotext;
import gesso.image.metadata.PictureMetadata;
import gesso.request.BadInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a picture was made, whatever program made it: always in A1111's words, so that
 * {@link gesso.image.metadata.InfotextReader} brings it into a request.
 *
 * @param program {@code A1111}, {@code Forge}, {@code SD.Next}, {@code ComfyUI}, {@code InvokeAI}, {@code Fooocus},
 *     {@code NovelAI}, {@code SwarmUI} or {@code Gesso}
 * @param infotext prompt, negative prompt and settings; what A1111 has no word for is kept under the program's own
 */
public record PictureSettings(String program, Infotext infotext) {
    /** The most telling first: a file may have been through several programs. */
    private static final List<Function<PictureMetadata, Optional<PictureSettings>>> READERS = List.of(
            InvokeSettings::read,
            NovelAiSettings::read,
            JsonParameters::read,
            A1111Settings::read,
            ComfySettings::read);

    /**
     * Reads a picture file.
     *
     * @return empty where the file says nothing about how it was made
     * @throws BadInput where it is no picture, or is damaged
     */
    public static Optional<PictureSettings> read(Path file) {
        PictureMetadata metadata = PictureMetadata.read(file);
        Optional<PictureSettings> written = of(metadata);
        boolean mayHide = metadata.format().equals("PNG") || metadata.format().equals("WebP");
        return written.isPresent() || !mayHide ? written : hidden(file);
    }

    /** From the texts alone, without what may be hidden in the pixels. */
    public static Optional<PictureSettings> of(PictureMetadata metadata) {
        return READERS.stream()
                .map(reader -> reader.apply(metadata))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** NovelAI, and programs that follow it, keep a copy in the lowest bits of the alpha channel. */
    private static Optional<PictureSettings> hidden(Path file) {
        try {
            return StealthAlpha.text(PictureFiles.read(file))
                    .flatMap(StealthAlpha::metadata)
                    .flatMap(PictureSettings::of);
        } catch (BadInput e) {
            return Optional.empty(); // pixels that cannot be read hide nothing; the texts could
        }
    }
}
