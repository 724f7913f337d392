package gesso.request;

/**
 * A picture of which a control image is to be drawn by a network.
 *
 * @param preprocessor by its name
 * @param resolution of the shorter side, 64–4096
 */
public record PreprocessRequest(Picture picture, String preprocessor, int resolution) implements Work {
    public static final int SMALLEST = 64;
    public static final int LARGEST = 4096;

    public PreprocessRequest {
        InvalidRequest.range("resolution", "A control image's resolution", resolution, SMALLEST, LARGEST);
    }
}
