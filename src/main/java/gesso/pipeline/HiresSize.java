package gesso.pipeline;

import gesso.request.Hires;
import gesso.request.InvalidRequest;
import gesso.request.Size;

/**
 * The size that hires fix reaches, as A1111 works it out: the picture is enlarged to {@code enlarged}, then what is more
 * than wanted is cut off evenly.
 *
 * @param enlarged of both sides by the same factor
 * @param cutX latent columns that are cut off
 * @param cutY latent rows that are cut off
 */
record HiresSize(Size enlarged, int cutX, int cutY) {
    static HiresSize of(Hires hires, Size first) {
        Size wanted = hires.size();
        if (wanted == null) {
            return checked(new HiresSize(
                    new Size((int) (first.width() * hires.scale()), (int) (first.height() * hires.scale())), 0, 0));
        }
        boolean byWidth = (double) first.width() / first.height() < (double) wanted.width() / wanted.height();
        Size enlarged = byWidth
                ? new Size(wanted.width(), wanted.width() * first.height() / first.width())
                : new Size(wanted.height() * first.width() / first.height(), wanted.height());
        return checked(new HiresSize(
                enlarged,
                (enlarged.width() - wanted.width()) / PassRunner.LATENT_SCALE,
                (enlarged.height() - wanted.height()) / PassRunner.LATENT_SCALE));
    }

    private static HiresSize checked(HiresSize size) {
        if (size.latentWidth() < 1 || size.latentHeight() < 1) {
            throw new InvalidRequest(
                    "hires-scale", "The hires size is smaller than 8 pixels a side; choose a larger one.");
        }
        return size;
    }

    /** Width in latent pixels, before the cut. */
    int latentWidth() {
        return enlarged.width() / PassRunner.LATENT_SCALE;
    }

    /** Height in latent pixels, before the cut. */
    int latentHeight() {
        return enlarged.height() / PassRunner.LATENT_SCALE;
    }

    /** The finished picture's size. */
    Size result() {
        return new Size(
                (latentWidth() - cutX) * PassRunner.LATENT_SCALE, (latentHeight() - cutY) * PassRunner.LATENT_SCALE);
    }
}
