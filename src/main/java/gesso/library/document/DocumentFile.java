package gesso.library.document;

import gesso.canvas.Change;
import gesso.canvas.Contents;
import gesso.canvas.LayerKind;
import gesso.canvas.Look;
import gesso.image.PictureFiles;
import gesso.image.PngWriter;
import gesso.image.Region;
import gesso.library.Json;
import gesso.library.SafeFiles;
import gesso.request.BadInput;
import gesso.request.Picture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A canvas in a file, {@code .gesso}: a ZIP of {@code document.json} and one PNG a layer, as {@code docs/document.md} says.
 *
 * @param contents what stands on the canvas; it has bounds, a frame and at least one layer
 * @param recipe the controls' values in their text forms, by name
 */
public record DocumentFile(Contents contents, Map<String, String> recipe) {
    static final String INDEX = "document.json";
    private static final String FORMAT = "gesso";
    private static final int VERSION = 1;
    private static final int MOST_LAYERS = 1000;
    private static final int FARTHEST = 1 << 20; // pixels from the middle
    private static final int LONGEST_NAME = 10_000; // a journal keeps names in 64 KB

    public DocumentFile {
        recipe = Map.copyOf(recipe);
    }

    /**
     * Writes it, in the place of a file that may be there.
     *
     * @throws IOException where the disk does not take it; then the old file is as it was
     */
    public void write(Path file) throws IOException {
        SafeFiles.replace(file, this::write);
    }

    private void write(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        zip.setLevel(0); // what a PNG holds is packed already
        List<Map<String, @Nullable Object>> layers = new ArrayList<>();
        for (Contents.Part part : contents.parts()) {
            Picture picture = part.picture();
            String name = picture == null ? null : "layers/%03d.png".formatted(layers.size());
            layers.add(described(part, name));
            if (picture != null && name != null) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(PngWriter.encode(picture, List.of()));
                zip.closeEntry();
            }
        }
        Map<String, @Nullable Object> index = new LinkedHashMap<>();
        index.put("format", FORMAT);
        index.put("version", VERSION);
        index.put("bounds", described(contents.span().bounds()));
        index.put("frame", described(contents.span().frame()));
        index.put("layers", layers);
        index.put("recipe", recipe);
        zip.putNextEntry(new ZipEntry(INDEX));
        zip.write(Json.pretty(index).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
    }

    private static Map<String, @Nullable Object> described(Contents.Part part, @Nullable String file) {
        Look look = part.look();
        Map<String, @Nullable Object> layer = new LinkedHashMap<>();
        layer.put("kind", part.kind().name().toLowerCase(Locale.ROOT));
        layer.put("name", look.name());
        layer.put("visible", look.visible());
        layer.put("opacity", look.opacity());
        layer.put("x", look.x());
        layer.put("y", look.y());
        layer.put("file", file);
        return layer;
    }

    private static @Nullable List<Integer> described(@Nullable Region region) {
        return region == null ? null : List.of(region.x(), region.y(), region.width(), region.height());
    }

    /**
     * Reads a file.
     *
     * @throws BadInput where it is none of these, damaged, or larger than can be worked on
     */
    public static DocumentFile read(Path file) {
        return ZipParts.reading(file, "a Gesso document", DocumentFile::read);
    }

    private static DocumentFile read(ZipParts zip) throws IOException {
        Map<String, @Nullable Object> index = Json.readObject(zip.text(INDEX));
        if (!FORMAT.equals(index.get("format")) || !(index.get("version") instanceof Integer version)) {
            throw new IOException("no document");
        }
        if (version > VERSION) {
            throw new BadInput("%s was written by a newer Gesso; update this one to open it.".formatted(zip.name()));
        }
        List<?> layers = (List<?>) given(index.get("layers"));
        if (layers.size() > MOST_LAYERS) {
            throw new BadInput(
                    "%s has %d layers; up to %d can be opened.".formatted(zip.name(), layers.size(), MOST_LAYERS));
        }
        List<Contents.Part> parts = new ArrayList<>();
        for (Object layer : layers) {
            parts.add(part((Map<?, ?>) given(layer), zip));
        }
        Change.Span span = new Change.Span(region(index.get("bounds")), region(index.get("frame")));
        if (parts.isEmpty()) {
            throw new BadInput("%s has no layer.".formatted(zip.name()));
        }
        return new DocumentFile(new Contents(span, parts), texts(index.get("recipe")));
    }

    private static Contents.Part part(Map<?, ?> layer, ZipParts zip) throws IOException {
        LayerKind kind = LayerKind.valueOf(((String) given(layer.get("kind"))).toUpperCase(Locale.ROOT));
        String name = (String) given(layer.get("name"));
        Look look = new Look(
                name.substring(0, Math.min(LONGEST_NAME, name.length())),
                (Boolean) given(layer.get("visible")),
                ((Number) given(layer.get("opacity"))).doubleValue(),
                number(layer.get("x")),
                number(layer.get("y")));
        Object picture = layer.get("file");
        return new Contents.Part(kind, look, picture == null ? null : zip.picture((String) picture));
    }

    private static Map<String, String> texts(@Nullable Object recipe) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (recipe instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return texts;
    }

    private static Region region(@Nullable Object value) throws IOException {
        List<?> sides = (List<?>) given(value);
        int width = number(sides.get(2));
        int height = number(sides.get(3));
        if ((long) width * height > PictureFiles.LARGEST_PIXELS) {
            throw new BadInput("The document has %d×%d pixels, more than can be worked on.".formatted(width, height));
        }
        return new Region(number(sides.get(0)), number(sides.get(1)), width, height);
    }

    private static int number(@Nullable Object value) throws IOException {
        int number = (Integer) given(value);
        if (Math.abs((long) number) > FARTHEST) {
            throw new IOException("too far away");
        }
        return number;
    }

    private static Object given(@Nullable Object value) throws IOException {
        if (value == null) {
            throw new IOException("something is missing");
        }
        return value;
    }
}
