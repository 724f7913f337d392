package gesso.request;

/**
 * A picture to be made larger.
 *
 * @param factor of both sides, 1–16
 * @param upscaler by the name that lists show ("Lanczos", "4x-UltraSharp"), or a file's path
 */
public record UpscaleRequest(Picture picture, double factor, String upscaler) implements Work {
    public static final double LARGEST_FACTOR = 16;
    public static final String DEFAULT_UPSCALER = "Lanczos";
    /** Of the result: 0.5 GB of pixels. */
    static final long MOST_PIXELS = 1L << 27;

    public UpscaleRequest {
        InvalidRequest.range("by", "The factor", factor, 1, LARGEST_FACTOR);
        long width = (long) (picture.width() * factor);
        long height = (long) (picture.height() * factor);
        if (width * height > MOST_PIXELS) {
            throw new InvalidRequest(
                    "by", "A picture of %dx%d pixels is too large; choose a smaller factor.".formatted(width, height));
        }
    }

    /** The size that the picture gets. */
    public Size size() {
        return new Size((int) (picture.width() * factor), (int) (picture.height() * factor));
    }
}
