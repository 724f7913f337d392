package gesso.request;

/**
 * A1111's "SD upscale": the picture to start from is enlarged, cut into overlapping tiles of the request's size, and each is
 * reworked by itself. The result has the enlarged size, in multiples of 8.
 *
 * @param factor of both sides, 1–4
 * @param overlap of neighbouring tiles in pixels, 0–256
 * @param upscaler by the name that lists show, or a file's path; "None" leaves the picture's size
 */
public record SdUpscale(double factor, int overlap, String upscaler) {
    public static final SdUpscale DEFAULT = new SdUpscale(2, 64, UpscaleRequest.DEFAULT_UPSCALER);

    public SdUpscale {
        InvalidRequest.range("sd-upscale", "The factor of SD upscale", factor, 1, 4);
        InvalidRequest.range("sd-upscale-overlap", "The overlap of SD upscale", overlap, 0, 256);
    }

    /**
     * The size that a picture of that size gets.
     *
     * @throws InvalidRequest where that is too large
     */
    public Size enlarged(Size picture) {
        if (upscaler.strip().equalsIgnoreCase("None")) {
            return picture;
        }
        int width = (int) (picture.width() * factor) / GenerationRequest.SIDE_STEP * GenerationRequest.SIDE_STEP;
        int height = (int) (picture.height() * factor) / GenerationRequest.SIDE_STEP * GenerationRequest.SIDE_STEP;
        if ((long) width * height > UpscaleRequest.MOST_PIXELS) {
            throw new InvalidRequest(
                    "sd-upscale",
                    "A picture of %dx%d pixels is too large; choose a smaller factor.".formatted(width, height));
        }
        return new Size(width, height);
    }
}
