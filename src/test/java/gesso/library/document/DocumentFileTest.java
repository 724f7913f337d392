package gesso.library.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.canvas.Brush;
import gesso.canvas.BrushStroke;
import gesso.canvas.CanvasDocument;
import gesso.canvas.Change;
import gesso.canvas.Compositor;
import gesso.canvas.Contents;
import gesso.canvas.Ink;
import gesso.canvas.Layer;
import gesso.canvas.LayerKind;
import gesso.canvas.Look;
import gesso.canvas.Painting;
import gesso.image.Region;
import gesso.request.BadInput;
import gesso.request.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a document's file gives back, and what a hostile one does. */
class DocumentFileTest {
    private static final Region PAPER = new Region(-20, 0, 300, 280);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Path resource(String name) {
        return Path.of("src/test/resources/canvas").resolve(name);
    }

    /** A picture with strokes on it, a mask, a strength map, a hidden drawing, an empty layer. */
    private static CanvasDocument painted() {
        CanvasDocument document = new CanvasDocument();
        int[] argb = new Random(5).ints(300 * 280).toArray();
        List<Layer> layers = List.of(
                document.newLayer(LayerKind.SOURCE, new Look("castle", true, 1, -20, 0), new Picture(300, 280, argb)),
                document.newLayer(LayerKind.PAINT, new Look("塔", true, 0.3, 7, 9), null),
                document.newLayer(LayerKind.CONTROL, new Look("pose", false, 1, 0, 0), null),
                document.newLayer(LayerKind.PAINT, new Look("empty", true, 1, 0, 0), null),
                document.newLayer(LayerKind.STRENGTH, new Look("", true, 0.5, 0, 0), null),
                document.newLayer(LayerKind.MASK, new Look("", true, 0.5, 3, 4), null));
        document.perform(new Change.Extent(document.span(), new Change.Span(PAPER, new Region(0, 0, 256, 256))));
        for (int i = 0; i < layers.size(); i++) {
            document.perform(new Change.Presence(layers.get(i), i, true));
            if (i != 3) {
                stroke(document, layers.get(i), i);
            }
        }
        return document;
    }

    private static void stroke(CanvasDocument document, Layer layer, int seed) {
        Random random = new Random(seed);
        Painting painting = new Painting(layer, Ink.of(0xFF203040 + seed), 0.7, PAPER);
        BrushStroke stroke = new BrushStroke(painting, new Brush(30, 0.4, 1, 0), 20, 30, 1);
        stroke.begin();
        stroke.to(random.nextInt(250), random.nextInt(250), 1);
        stroke.end();
        Change change = painting.end();
        if (change != null) {
            document.performed(change);
        }
    }

    private static List<Layer> snapshots(CanvasDocument document) {
        return document.layers().stream().map(Layer::snapshot).toList();
    }

    private static void assertSame(CanvasDocument wanted, CanvasDocument got) {
        assertEquals(wanted.span(), got.span());
        assertEquals(wanted.layers().size(), got.layers().size());
        for (int i = 0; i < wanted.layers().size(); i++) {
            Layer a = wanted.layers().get(i);
            Layer b = got.layers().get(i);
            assertEquals(a.kind(), b.kind());
            assertEquals(a.look().at(0, 0), b.look().at(0, 0));
            for (int y = PAPER.y(); y < PAPER.bottom(); y++) {
                for (int x = PAPER.x(); x < PAPER.right(); x++) {
                    int ours = a.at(x - a.look().x(), y - a.look().y());
                    assertEquals(
                            ours,
                            b.at(x - b.look().x(), y - b.look().y()),
                            a.look().name());
                }
            }
        }
    }

    @Test
    void everyPixelOfEveryLayerComesBackAndOpeningCanBeUndone() throws IOException {
        CanvasDocument document = painted();
        Path file = folder.resolve("castle.gesso");
        Map<String, String> recipe = Map.of("prompt", "a castle 城", "cfg", "7.5");
        new DocumentFile(Contents.of(document.span(), snapshots(document)), recipe).write(file);
        DocumentFile read = Documents.read(file);
        assertEquals(recipe, read.recipe());

        CanvasDocument other = new CanvasDocument();
        other.perform(
                new Change.Presence(other.newLayer(LayerKind.PAINT, new Look("x", true, 1, 0, 0), null), 0, true));
        other.perform(read.contents().replacing(other));
        assertSame(document, other);
        assertTrue(other.undo());
        assertEquals("x", other.layers().get(0).look().name());
    }

    @Test
    void aFileThatCannotBeWrittenLeavesTheOldOne() throws IOException {
        Path file = folder.resolve("castle.gesso");
        Files.writeString(file, "old");
        Contents.Part broken = new Contents.Part(
                LayerKind.SOURCE, new Look("x", true, 1, 0, 0), new Picture(2, 2, new int[] {1, 2, 3, 4}));
        Contents contents = new Contents(new Change.Span(PAPER, PAPER), List.of(broken));
        Path inFile = file.resolve("castle.gesso");
        assertThrows(IOException.class, () -> new DocumentFile(contents, Map.of()).write(inFile));
        assertEquals("old", Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"castle.psd", "castle.ora"})
    void layersOfOtherProgramsAreRead(String name) {
        DocumentFile read = Documents.read(resource(name));
        assertEquals(new Region(0, 0, 40, 30), read.contents().span().bounds());
        List<Contents.Part> parts = read.contents().parts();
        assertEquals(3, parts.size());
        assertEquals(LayerKind.SOURCE, parts.get(0).kind());
        assertEquals(0xFF000000 | (30 << 16) | (56 << 8) | 90, pixel(parts.get(0), 5, 7));
        Contents.Part tower = parts.get(1);
        assertTrue(tower.look().name().startsWith("tower"));
        assertEquals(20, tower.look().x());
        assertEquals(9, tower.look().y());
        assertEquals(0.5, tower.look().opacity(), 0.003);
        assertEquals(0x80000000 | (200 << 16) | (50 << 8) | 80, pixel(tower, 4, 5));
        Contents.Part flag = parts.get(2);
        assertFalse(flag.look().visible());
        assertEquals(-1, flag.look().y());
        assertEquals(0xFFFF0096, pixel(flag, 5, 2));
    }

    private static int pixel(Contents.Part part, int x, int y) {
        Picture picture = part.picture();
        return picture == null ? 0 : picture.at(x, y);
    }

    @Test
    void hostileFilesAreSentences() throws IOException {
        assertRefused(zip("document.json", "[".repeat(100_000)));
        assertRefused(zip("document.json", "{}"));
        assertRefused(zip("document.json", "{\"format\":\"gesso\",\"version\":2}"));
        String layer = "{\"kind\":\"%s\",\"name\":\"a\",\"visible\":true,\"opacity\":%s,\"x\":%s,\"y\":0,\"file\":%s}";
        String document =
                "{\"format\":\"gesso\",\"version\":1,\"bounds\":[0,0,%s,9],\"frame\":[0,0,9,9],\"layers\":[%s]}";
        String fine = layer.formatted("paint", "1", "0", "null");
        assertEquals(
                1,
                read(zip("document.json", document.formatted(9, fine)))
                        .contents()
                        .parts()
                        .size());
        assertRefused(zip("document.json", document.formatted(9, "")));
        assertRefused(zip("document.json", document.formatted(2_000_000_000, fine)));
        assertRefused(zip("document.json", document.formatted(900_000_000, fine)));
        assertRefused(zip("document.json", document.formatted(-1, fine)));
        assertRefused(zip("document.json", document.formatted(9, layer.formatted("paint", "7", "0", "null"))));
        assertRefused(zip("document.json", document.formatted(9, layer.formatted("door", "1", "0", "null"))));
        assertRefused(zip("document.json", document.formatted(9, layer.formatted("paint", "1", "1e300", "null"))));
        assertRefused(zip(
                "document.json", document.formatted(9, layer.formatted("paint", "1", "0", "\"../../secret.png\""))));
        assertRefused(zip(
                "document.json", document.formatted(9, String.join(",", java.util.Collections.nCopies(1001, fine)))));
        assertRefused(zip("document.json", " ".repeat(17 << 20))); // packs to 17 KB
        assertRefused(
                zip("stack.xml", "<!DOCTYPE image [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><image>&a;</image>"),
                "ora");
        assertRefused(zip("stack.xml", "<image w='9' h='9'><stack/></image>"), "ora");
        assertRefused(zip("stack.xml", "<image w='9' h='9'><stack><layer src='../x.png'/></stack></image>"), "ora");
        assertRefused(new byte[0]);
        assertRefused(new byte[0], "psd");
        assertRefused("text".getBytes(StandardCharsets.UTF_8), "txt");
    }

    private static byte[] zip(String name, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private DocumentFile read(byte[] bytes) throws IOException {
        return Documents.read(Files.write(folder.resolve("x.gesso"), bytes));
    }

    private void assertRefused(byte[] bytes) throws IOException {
        assertRefused(bytes, "gesso");
    }

    private void assertRefused(byte[] bytes, String ending) throws IOException {
        Path file = Files.write(folder.resolve("x." + ending), bytes);
        BadInput why = assertThrows(BadInput.class, () -> Documents.read(file));
        assertTrue(why.sentence().endsWith("."), why.sentence());
    }

    @Test
    void damagedFilesAreSentences() throws IOException {
        fuzz(2_000);
    }

    @Test
    @Tag("long")
    void manyDamagedFilesAreSentences() throws IOException {
        fuzz(100_000);
    }

    /** Bytes are changed, cut off, doubled; a file that is still read must be one that a canvas takes. */
    private void fuzz(int rounds) throws IOException {
        CanvasDocument small = new CanvasDocument();
        Layer mask = small.newLayer(LayerKind.MASK, new Look("m", true, 1, 0, 0), null);
        small.perform(new Change.Presence(mask, 0, true));
        small.perform(new Change.Extent(small.span(), new Change.Span(PAPER, PAPER)));
        stroke(small, mask, 1);
        Path own = folder.resolve("small.gesso");
        new DocumentFile(Contents.of(small.span(), snapshots(small)), Map.of("cfg", "7")).write(own);
        List<Path> files = List.of(own, resource("castle.psd"), resource("castle.ora"));
        Random random = new Random(11);
        int opened = 0;
        for (int round = 0; round < rounds; round++) {
            Path from = files.get(round % 10 == 0 ? 1 : round % 2 * 2); // Photoshop's take the longest
            byte[] bytes = damaged(Files.readAllBytes(from), random);
            Path file = Files.write(folder.resolve("damaged-" + from.getFileName()), bytes);
            try {
                DocumentFile read = Documents.read(file);
                CanvasDocument document = new CanvasDocument();
                document.perform(read.contents().replacing(document));
                Region paper = document.bounds();
                if (paper != null && (long) paper.width() * paper.height() < 1_000_000) {
                    Compositor.picture(document.layers(), layer -> true, paper);
                }
                opened++;
            } catch (BadInput e) {
                assertTrue(e.sentence().endsWith("."), e.sentence());
            }
        }
        assertTrue(opened < rounds, "nothing was damaged");
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] out = bytes.clone();
        int what = random.nextInt(4);
        if (what == 0) {
            return java.util.Arrays.copyOf(out, random.nextInt(out.length));
        }
        int count = what == 1 ? 1 : 1 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            out[random.nextInt(out.length)] = (byte) (what == 3 ? random.nextInt(3) - 1 : random.nextInt());
        }
        return out;
    }
}
