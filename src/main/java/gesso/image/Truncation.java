package gesso.image;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Hears a decoder's warning that a file ends too early: the rest of such a picture would be grey, and no error. */
final class Truncation implements IIOReadWarningListener {
    private boolean seen;

    boolean seen() {
        return seen;
    }

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        String text = warning.toLowerCase(Locale.ROOT);
        seen |= text.contains("premature end") || text.contains("truncated") || text.contains("unexpected end");
    }
}
