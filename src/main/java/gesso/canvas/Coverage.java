package gesso.canvas;

import gesso.image.Region;

/** How much of each pixel a tool touches, 0–255, in the document's coordinates. A pixel's centre is at (x + ½, y + ½). */
public interface Coverage {
    /** Outside it nothing is touched. */
    Region bounds();

    /** The coverage of row {@code y} from column {@code left}, as many pixels as {@code out} is asked for, all inside the bounds. */
    void row(int y, int left, int count, int[] out);
}
