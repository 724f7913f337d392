package gesso.graph;

/**
 * An upscaler's graph.
 *
 * @param scale how much larger it makes a picture
 * @param multiple the sides that it takes are multiples of this
 */
public record UpscalerGraph(OnnxModel model, int scale, int multiple) {}
