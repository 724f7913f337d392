package gesso.library.document;

import gesso.image.LayeredPicture;
import gesso.image.LayeredPicture.Piece;
import gesso.request.BadInput;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * OpenRaster files, as Krita, MyPaint and GIMP write them: a ZIP of {@code stack.xml} and one PNG a layer (OpenRaster 0.0.5).
 * Groups are taken apart, with their opacity and visibility; other ways to blend than "over" are read as that.
 */
final class OpenRaster {
    private static final int MOST_LAYERS = 1000;

    private OpenRaster() {}

    /** @throws BadInput where it is none of these, or damaged */
    static LayeredPicture read(Path file) {
        return ZipParts.reading(file, "an OpenRaster picture", OpenRaster::read);
    }

    private static LayeredPicture read(ZipParts zip) throws IOException {
        Element image = xml(zip.text("stack.xml"));
        List<Piece> pieces = new ArrayList<>();
        for (Node stack = image.getFirstChild(); stack != null; stack = stack.getNextSibling()) {
            if (stack instanceof Element element && element.getTagName().equals("stack")) {
                stack(element, new Group(true, 1), zip, pieces);
            }
        }
        if (pieces.isEmpty()) {
            throw new BadInput("%s has no layer.".formatted(zip.name()));
        }
        return new LayeredPicture(
                Integer.parseInt(image.getAttribute("w")), Integer.parseInt(image.getAttribute("h")), pieces);
    }

    private record Group(boolean visible, double opacity) {
        Group with(Element element) {
            String written = element.getAttribute("opacity");
            double own = written.isEmpty() ? 1 : Double.parseDouble(written);
            return new Group(
                    visible && !element.getAttribute("visibility").equals("hidden"),
                    opacity * Math.max(0, Math.min(1, own)));
        }
    }

    /** The first child is the topmost, so each comes below those before it. */
    private static void stack(Element stack, Group group, ZipParts zip, List<Piece> pieces) throws IOException {
        for (Node child = stack.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (!(child instanceof Element element)) {
                continue;
            }
            Group here = group.with(element);
            if (element.getTagName().equals("stack")) {
                stack(element, here, zip, pieces);
            } else if (element.getTagName().equals("layer")) {
                pieces.add(
                        0,
                        new Piece(
                                element.getAttribute("name"),
                                here.visible,
                                here.opacity,
                                number(element, "x"),
                                number(element, "y"),
                                zip.picture(element.getAttribute("src"))));
                if (pieces.size() > MOST_LAYERS) {
                    throw new BadInput("%s has more than %d layers.".formatted(zip.name(), MOST_LAYERS));
                }
            }
        }
    }

    private static int number(Element element, String attribute) {
        String written = element.getAttribute(attribute);
        return written.isEmpty() ? 0 : Integer.parseInt(written);
    }

    /** Without a document type: what that could name lies outside of the file. */
    private static Element xml(String text) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            javax.xml.parsers.DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }
}
