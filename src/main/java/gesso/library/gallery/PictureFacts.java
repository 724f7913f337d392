package gesso.library.gallery;

import gesso.image.PictureHeader;
import gesso.image.metadata.Infotext;
import gesso.image.metadata.PictureMetadata;
import gesso.library.Gallery;
import gesso.library.foreign.PictureSettings;
import gesso.request.BadInput;
import gesso.request.Size;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a picture file says, for the index.
 *
 * @param pixels the {@link gesso.image.PixelHash} that its program wrote in it; empty: none
 * @param source the hash of the picture that it was made from; empty: from none, or its program does not say
 */
record PictureFacts(Size size, String program, Infotext infotext, String job, String pixels, String source) {
    private static final String SOURCE = "Init image hash";

    /** Where the pictures of a job differ. */
    private static final List<String> EACH_ITS_OWN = List.of("Seed", "Variation seed", "Batch pos", "Batch size");

    /**
     * Reads the file's head and texts, not its pixels.
     *
     * @throws BadInput where it is no picture
     */
    static PictureFacts read(Path file) {
        Size size = PictureHeader.size(file);
        Map<String, String> texts = Map.of();
        Optional<PictureSettings> said = Optional.empty();
        try {
            PictureMetadata metadata = PictureMetadata.read(file);
            texts = metadata.texts();
            said = PictureSettings.of(metadata);
        } catch (BadInput e) {
            // A BMP, or texts that are damaged: a picture all the same.
        }
        Infotext infotext = said.map(PictureSettings::infotext).orElse(new Infotext("", "", Map.of()));
        return new PictureFacts(
                size,
                said.map(PictureSettings::program).orElse(""),
                infotext,
                job(file, infotext),
                texts.getOrDefault(Gallery.PIXELS, ""),
                texts.getOrDefault(Gallery.SOURCE, infotext.settings().getOrDefault(SOURCE, "")));
    }

    /** Pictures of one folder that differ in their seeds alone came out of one job. */
    private static String job(Path file, Infotext infotext) {
        String same = file.toString();
        if (!infotext.settings().isEmpty()) {
            Map<String, String> common = new LinkedHashMap<>(infotext.settings());
            common.keySet().removeAll(EACH_ITS_OWN);
            same = file.toAbsolutePath().getParent() + "\n"
                    + new Infotext(infotext.prompt(), infotext.negativePrompt(), common).text();
        }
        String name =
                UUID.nameUUIDFromBytes(same.getBytes(StandardCharsets.UTF_8)).toString();
        return name.replace("-", "").substring(0, 16);
    }

    String setting(String key) {
        return infotext.settings().getOrDefault(key, "");
    }
}
