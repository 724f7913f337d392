package gesso.image;

import gesso.request.Labelled;
import gesso.request.Picture;
import gesso.request.Size;
import java.util.Arrays;
import java.util.Optional;

/** The upscalers that need no network, by A1111's names. */
public enum PixelUpscaler implements Labelled {
    LANCZOS("Lanczos", Resampling.LANCZOS),
    NEAREST("Nearest", Resampling.NEAREST),
    /** No upscaler of its own: what brings every picture to its last size, Lanczos. */
    NONE("None", Resampling.LANCZOS);

    private final String label;
    private final Resampling filter;

    PixelUpscaler(String label, Resampling filter) {
        this.label = label;
        this.filter = filter;
    }

    @Override
    public String label() {
        return label;
    }

    /** The one of that name, whatever the case. */
    public static Optional<PixelUpscaler> find(String name) {
        return Arrays.stream(values())
                .filter(u -> u.label.equalsIgnoreCase(name.strip()))
                .findFirst();
    }

    /** The picture at that size, as A1111 enlarges: by the larger factor, then to the exact size with Lanczos. */
    public Picture enlarge(Picture picture, Size to) {
        double scale = Math.max((double) to.width() / picture.width(), (double) to.height() / picture.height());
        Picture grown = picture;
        if (scale > 1 && filter != Resampling.LANCZOS) {
            grown = filter.resize(picture, (int) (picture.width() * scale), (int) (picture.height() * scale));
        }
        return Resampling.LANCZOS.resize(grown, to.width(), to.height());
    }
}
