package gesso.image.metadata;

import gesso.request.BadInput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The texts inside a picture file, without its pixels. Keys are PNG's own ({@code parameters}, {@code prompt},
 * {@code Comment} …); those of EXIF by their tags' names ({@link #USER_COMMENT}, {@code Software} …); and {@link #COMMENT} for
 * the comments of JPEG and GIF.
 *
 * @param format {@code PNG}, {@code JPEG}, {@code WebP} or {@code GIF}
 * @param texts in the file's order
 */
public record PictureMetadata(String format, Map<String, String> texts) {
    /** Where A1111 and its relatives put their text in a PNG. */
    public static final String PARAMETERS = "parameters";

    /** Where they put it in a JPEG or WebP. */
    public static final String USER_COMMENT = "UserComment";

    /** Where they put it in a GIF. */
    public static final String COMMENT = "comment";

    /** Texts beyond this are no settings of a picture; ComfyUI's graphs may have some megabytes. */
    static final int LONGEST_TEXT = 16 << 20;

    public PictureMetadata {
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    /** The A1111-like text, wherever this kind of file has it. */
    public Optional<String> parameters() {
        return List.of(PARAMETERS, USER_COMMENT, COMMENT).stream()
                .map(key -> texts.getOrDefault(key, ""))
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    /**
     * Reads a file's texts.
     *
     * @throws BadInput where it is no picture file of a kind that has texts, or is damaged
     */
    public static PictureMetadata read(Path file) {
        String name = String.valueOf(file.getFileName());
        try (FileChannel channel = FileChannel.open(file)) {
            if (Files.isDirectory(file)) {
                throw new BadInput("%s is a folder, not a picture.".formatted(name));
            }
            return read(new FileBytes(channel, name));
        } catch (NoSuchFileException e) {
            throw new BadInput("There is no picture at %s.".formatted(file), e);
        } catch (IOException e) {
            throw new BadInput("%s cannot be read; see whether it is a file that you may open.".formatted(file), e);
        }
    }

    private static PictureMetadata read(FileBytes file) throws IOException {
        if (file.startsWith(0, "\u0089PNG\r\n\u001a\n")) {
            return new PictureMetadata("PNG", PngTexts.read(file));
        }
        if (file.startsWith(0, "\u00ff\u00d8\u00ff")) {
            return new PictureMetadata("JPEG", JpegTexts.read(file));
        }
        if (file.startsWith(0, "RIFF") && file.startsWith(8, "WEBP")) {
            return new PictureMetadata("WebP", WebpTexts.read(file));
        }
        if (file.startsWith(0, "GIF8")) {
            return new PictureMetadata("GIF", GifTexts.read(file));
        }
        throw new BadInput(
                "%s is no picture whose settings can be read; they are found in PNG, JPEG, WebP and GIF files."
                        .formatted(file.name()));
    }
}
