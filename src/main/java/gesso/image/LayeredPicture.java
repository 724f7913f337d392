package gesso.image;

import gesso.request.BadInput;
import gesso.request.Picture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * A picture in layers, as painting programs keep it.
 *
 * @param width of the whole, in pixels
 * @param height of the whole, in pixels
 * @param pieces its layers, the lowest first; at least one
 */
public record LayeredPicture(int width, int height, List<Piece> pieces) {
    /** So many pixels all layers of a file may have together. */
    public static final long LARGEST_PIXELS = 512_000_000;

    private static final int MOST_LAYERS = 1000;
    private static final int MOST_PACKED = 1032; // bytes that deflate makes of one
    private static final int HIDDEN = 2; // a bit of a layer's flags

    /**
     * One layer.
     *
     * @param opacity 0–1
     * @param x where its left column lies in the whole; may be negative
     * @param y where its upper row lies
     */
    public record Piece(String name, boolean visible, double opacity, int x, int y, Picture picture) {}

    public LayeredPicture {
        pieces = List.copyOf(pieces);
    }

    /**
     * A Photoshop file's layers (groups are taken apart, blend modes and effects are not kept); the whole as one layer where
     * it has none.
     *
     * @param name what the user knows it as
     * @throws BadInput where it cannot be read
     */
    public static LayeredPicture photoshop(byte[] file, String name) {
        try {
            return decode(file, name);
        } catch (IOException | RuntimeException | OutOfMemoryError | AssertionError e) {
            // Decoders meet broken files with every kind of exception; an array that does not fit harms nothing else.
            throw e instanceof BadInput known
                    ? known
                    : new BadInput(
                            "%s is a damaged or unusual Photoshop file; save it anew with \"maximize compatibility\"."
                                    .formatted(name),
                            e);
        }
    }

    private static LayeredPicture decode(byte[] file, String name) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("psd");
        if (!readers.hasNext()) {
            throw new IOException("no reader");
        }
        ImageReader reader = readers.next();
        try (ImageInputStream in = new BoundedStream(file)) {
            reader.setInput(in);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            checkSizes(reader, file.length, name);
            IIOMetadata facts = reader.getImageMetadata(0);
            Node tree = facts.getAsTree(facts.getNativeMetadataFormatName());
            NodeList layers = ((Element) tree).getElementsByTagName("LayerInfo");
            List<Piece> pieces = new ArrayList<>();
            for (int i = 0; i < layers.getLength(); i++) {
                Element layer = (Element) layers.item(i);
                if (number(layer, "right") > number(layer, "left") && number(layer, "bottom") > number(layer, "top")) {
                    pieces.add(piece(layer, Rasters.toPicture(reader.read(i + 1), null)));
                }
            }
            if (pieces.isEmpty()) {
                pieces.add(new Piece(name, true, 1, 0, 0, Rasters.toPicture(reader.read(0), null)));
            }
            return new LayeredPicture(width, height, pieces);
        } finally {
            reader.dispose();
        }
    }

    private static void checkSizes(ImageReader reader, long bytes, String name) throws IOException {
        int count = reader.getNumImages(true);
        long pixels = 0;
        for (int i = 0; i < count; i++) {
            pixels += (long) reader.getWidth(i) * reader.getHeight(i);
        }
        if (count > MOST_LAYERS || pixels > LARGEST_PIXELS) {
            throw new BadInput("%s has %d layers with %d megapixels, more than Gesso reads; merge some of them first."
                    .formatted(name, count - 1, pixels / 1_000_000));
        }
        if (pixels > MOST_PACKED * bytes) {
            throw new IOException("more pixels than the file can hold");
        }
    }

    private static Piece piece(Element layer, Picture picture) {
        return new Piece(
                layer.getAttribute("name"),
                (number(layer, "flags") & HIDDEN) == 0,
                Math.max(0, Math.min(255, number(layer, "opacity"))) / 255.0,
                number(layer, "left"),
                number(layer, "top"),
                picture);
    }

    private static int number(Element layer, String attribute) {
        return Integer.parseInt(layer.getAttribute(attribute));
    }
}
