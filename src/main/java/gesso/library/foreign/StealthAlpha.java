package gesso.library.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import gesso.image.metadata.PictureMetadata;
import gesso.request.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Texts in the lowest bit of the alpha channel, column by column, high bits first: 15 letters of magic, the length in bits
 * (32 bits, big-endian), the text ({@code stealth_pnginfo}) or its gzip ({@code stealth_pngcomp}). After NovelAI's
 * novelai-image-metadata.
 */
final class StealthAlpha {
    private static final String PLAIN = "stealth_pnginfo";
    private static final String ZIPPED = "stealth_pngcomp";
    private static final int LONGEST = 16 << 20;

    private final Picture picture;
    private long at;

    private StealthAlpha(Picture picture) {
        this.picture = picture;
    }

    static Optional<String> text(Picture picture) {
        long room = (long) picture.width() * picture.height() / 8;
        StealthAlpha reader = new StealthAlpha(picture);
        if (room < PLAIN.length() + 4) {
            return Optional.empty();
        }
        String magic = new String(reader.bytes(PLAIN.length()), StandardCharsets.ISO_8859_1);
        if (!magic.equals(PLAIN) && !magic.equals(ZIPPED)) {
            return Optional.empty();
        }
        long length = 0;
        for (byte b : reader.bytes(4)) {
            length = length << 8 | (b & 255);
        }
        length /= 8;
        if (length > room - PLAIN.length() - 4 || length > LONGEST) {
            return Optional.empty();
        }
        byte[] content = reader.bytes((int) length);
        return magic.equals(PLAIN) ? Optional.of(new String(content, StandardCharsets.UTF_8)) : unzipped(content);
    }

    private byte[] bytes(int count) {
        byte[] out = new byte[count];
        for (int i = 0; i < count; i++) {
            int value = 0;
            for (int bit = 0; bit < 8; bit++, at++) {
                int x = (int) (at / picture.height());
                int y = (int) (at % picture.height());
                value = value << 1 | (picture.at(x, y) >>> 24 & 1);
            }
            out[i] = (byte) value;
        }
        return out;
    }

    private static Optional<String> unzipped(byte[] content) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            byte[] text = in.readNBytes(LONGEST);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As if the text had been in the file: JSON is a record of texts, anything else A1111's parameters. */
    static Optional<PictureMetadata> metadata(String text) {
        JsonNode json = Trees.object(text);
        Map<String, String> texts = new LinkedHashMap<>();
        if (json.has("Comment") || json.has("Description")) {
            json.properties().forEach(field -> texts.put(field.getKey(), SettingsBuilder.text(field.getValue())));
        } else {
            texts.put(PictureMetadata.PARAMETERS, text);
        }
        return Optional.of(new PictureMetadata("PNG", texts));
    }
}
