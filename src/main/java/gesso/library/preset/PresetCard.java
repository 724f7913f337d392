package gesso.library.preset;

import gesso.image.PictureFiles;
import gesso.image.PngWriter;
import gesso.image.Resampling;
import gesso.image.TextChunk;
import gesso.image.metadata.PictureMetadata;
import gesso.request.BadInput;
import gesso.request.Picture;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A preset as a picture to be passed around: a PNG that shows its thumbnail, with the JSON in a text chunk. A card only says
 * values; nothing in it names a file to be read, written or fetched.
 */
public final class PresetCard {
    /** The text chunk's name. */
    static final String KEYWORD = PresetText.MARK;

    /** Of the card's longer side, in pixels. */
    static final int SIDE = 512;

    private PresetCard() {}

    /** The card's file: the picture, no larger than 512 pixels a side, with the preset inside. */
    public static byte[] encode(Preset preset, Picture picture) {
        // The picture is the thumbnail: it need not be in the file twice.
        String json = PresetText.write(preset.withThumbnail(""));
        return PngWriter.encode(fitted(picture), List.of(new TextChunk(KEYWORD, json)));
    }

    /** The same with the preset's own thumbnail as the picture; empty where it has none. */
    public static Optional<byte[]> encode(Preset preset) {
        return preset.thumbnail().isEmpty()
                ? Optional.empty()
                : Optional.of(encode(
                        preset, PictureFiles.read(Base64.getDecoder().decode(preset.thumbnail()), "The thumbnail")));
    }

    /**
     * The preset in a picture, with the picture as its thumbnail; empty where the file is no card.
     *
     * @throws BadInput where the file is a card whose preset cannot be used
     */
    public static Optional<Preset> read(Path file) {
        PictureMetadata metadata = PictureMetadata.read(file);
        String json = metadata.texts().get(KEYWORD);
        if (json == null) {
            return Optional.empty();
        }
        Preset preset = PresetText.read(json);
        return Optional.of(preset.withThumbnail(thumbnail(file)));
    }

    /** A picture file as a preset's thumbnail, no larger than a card. */
    public static String thumbnail(Path file) {
        byte[] png = PngWriter.encode(fitted(PictureFiles.read(file)), List.of());
        return Base64.getEncoder().encodeToString(png);
    }

    private static Picture fitted(Picture picture) {
        int longer = Math.max(picture.width(), picture.height());
        if (longer <= SIDE) {
            return picture;
        }
        int width = Math.max(1, Math.round((float) picture.width() * SIDE / longer));
        int height = Math.max(1, Math.round((float) picture.height() * SIDE / longer));
        return Resampling.LANCZOS.resize(picture, width, height);
    }
}
