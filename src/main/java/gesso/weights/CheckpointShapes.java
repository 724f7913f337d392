package gesso.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names and shapes of the tensors of Stable Diffusion checkpoints, as the LDM program and its successors save them. */
public final class CheckpointShapes {
    private static final int VOCABULARY = 49_408;
    private static final TextShape SD1_TEXT =
            new TextShape("cond_stage_model.transformer.text_model.", VOCABULARY, 768, 12);
    private static final TextShape SD2_TEXT = new TextShape("cond_stage_model.model.", VOCABULARY, 1024, 24);
    private static final TextShape SDXL_TEXT =
            new TextShape("conditioner.embedders.0.transformer.text_model.", VOCABULARY, 768, 12);
    private static final TextShape SDXL_TEXT_2 = new TextShape("conditioner.embedders.1.model.", VOCABULARY, 1280, 32);

    private CheckpointShapes() {}

    /**
     * A UNet's structure: two blocks a level.
     *
     * @param in channels of its input
     * @param channels of its first level, a multiple of 32
     * @param multiples of them, for each level
     * @param depth transformer blocks of each level's transformers; 0 for none
     * @param context width of the text's encoding
     * @param label width of the label vector; 0 for none
     * @param linear whether the transformers' projections are matrices instead of 1×1 convolutions
     */
    public record UNetShape(
            int in, int channels, int[] multiples, int[] depth, int context, int label, boolean linear) {}

    /** A text encoder's structure. */
    public record TextShape(String prefix, int vocabulary, int width, int layers) {}

    /** Stable Diffusion 1.5: 859.5 million parameters in the UNet, 123 in the text encoder, 84 in the VAE. */
    public static Map<String, long[]> sd15() {
        return joined(List.of(
                unet(new UNetShape(4, 320, new int[] {1, 2, 4, 4}, new int[] {1, 1, 1, 0}, 768, 0, false)),
                clip(SD1_TEXT),
                vae(128)));
    }

    /** Stable Diffusion 2: 865.9 million parameters in the UNet, 354 in the text encoder. */
    public static Map<String, long[]> sd2() {
        return joined(List.of(
                unet(new UNetShape(4, 320, new int[] {1, 2, 4, 4}, new int[] {1, 1, 1, 0}, 1024, 0, true)),
                openClip(SD2_TEXT),
                vae(128)));
    }

    /** Stable Diffusion XL: 2,567 million parameters in the UNet. */
    public static Map<String, long[]> sdxl() {
        return joined(List.of(
                unet(new UNetShape(4, 320, new int[] {1, 2, 4}, new int[] {0, 2, 10}, 2048, 2816, true)),
                clip(SDXL_TEXT),
                openClip(SDXL_TEXT_2),
                vae(128)));
    }

    /** A UNet's tensors. */
    public static Map<String, long[]> unet(UNetShape shape) {
        return UNetShapes.of(shape);
    }

    /** The tensors of a CLIP text encoder that is named as transformers does (SD1's, SDXL's first). */
    public static Map<String, long[]> clip(TextShape shape) {
        return TextShapes.clip(shape);
    }

    /** The tensors of a CLIP text encoder that is named as OpenCLIP does (SD2's, SDXL's second). */
    public static Map<String, long[]> openClip(TextShape shape) {
        return TextShapes.openClip(shape);
    }

    /** The tensors of a VAE; its levels have once, twice, four and four times {@code channels}. */
    public static Map<String, long[]> vae(int channels) {
        return VaeShapes.of(channels);
    }

    /** All of them, in this order. */
    public static Map<String, long[]> joined(List<Map<String, long[]>> parts) {
        Map<String, long[]> all = new LinkedHashMap<>();
        parts.forEach(all::putAll);
        return all;
    }
}
