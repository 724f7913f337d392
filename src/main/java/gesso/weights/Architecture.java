package gesso.weights;

/** The networks that Gesso can tell apart, those it cannot run included: an artist is told by name what a file is. */
public enum Architecture {
    SD1("Stable Diffusion 1", 512, true),
    SD2("Stable Diffusion 2", 512, true),
    SDXL("Stable Diffusion XL", 1024, true),
    SDXL_REFINER("Stable Diffusion XL refiner", 1024, true),
    /** Distilled SDXL: fewer transformers, none in the middle (Gupta et al. 2024). */
    SSD_1B("SSD-1B", SDXL),
    SEGMIND_VEGA("Segmind Vega", SDXL),
    /** Distilled SDXL with one residual block a level (Lee et al. 2023). */
    KOALA("KOALA", SDXL),

    SD2_UNCLIP("Stable Diffusion 2 unCLIP", 768, false),
    SD2_DEPTH("Stable Diffusion 2 depth", 512, false),
    SD_X4_UPSCALER("Stable Diffusion x4 upscaler", 512, false),
    ALT_DIFFUSION("AltDiffusion", 512, false),
    STABLE_ZERO123("Stable Zero123", 256, false),
    STABLE_VIDEO("Stable Video Diffusion", 1024, false),
    PLAYGROUND_2_5("Playground 2.5", 1024, false),
    COSXL("CosXL", 1024, false),
    KOLORS("Kolors", 1024, false),
    /** A network that is told its guidance as a number instead of being run twice (Luo et al. 2023); LCM LoRAs need none. */
    GUIDED_LCM("guidance-embedded LCM", 768, false),
    KANDINSKY_2("Kandinsky 2", 768, false),
    KANDINSKY_3("Kandinsky 3", 1024, false),
    DEEPFLOYD_IF("DeepFloyd IF", 64, false),
    SD3("Stable Diffusion 3", 1024, false),
    FLUX("Flux", 1024, false),
    CHROMA("Chroma", 1024, false),
    PIXART("PixArt", 1024, false),
    AURA_FLOW("AuraFlow", 1024, false),
    HUNYUAN_DIT("Hunyuan-DiT", 1024, false),
    HUNYUAN_VIDEO("HunyuanVideo", 1024, false),
    STABLE_CASCADE("Stable Cascade", 1024, false),
    LUMINA_2("Lumina 2", 1024, false),
    HIDREAM("HiDream", 1024, false),
    QWEN_IMAGE("Qwen-Image", 1024, false),
    COSMOS("Cosmos", 1024, false),
    WAN("Wan", 1024, false),
    MOCHI("Mochi", 1024, false),
    LTX_VIDEO("LTX-Video", 1024, false),

    ESRGAN("ESRGAN", 0, true),
    /** Real-ESRGAN's compact form (SRVGGNet). */
    COMPACT("Real-ESRGAN compact", 0, true),
    SWINIR("SwinIR", 0, true),
    DAT("DAT", 0, true),
    SWIN2SR("Swin2SR", 0, false),
    HAT("HAT", 0, false),

    UNKNOWN("unknown", 0, false);

    private final String label;
    private final Architecture family;
    private final int nativeSide;
    private final boolean supported;

    Architecture(String label, int nativeSide, boolean supported) {
        this.label = label;
        this.family = this;
        this.nativeSide = nativeSide;
        this.supported = supported;
    }

    Architecture(String label, Architecture family) {
        this.label = label;
        this.family = family;
        this.nativeSide = family.nativeSide;
        this.supported = family.supported;
    }

    public String label() {
        return label;
    }

    /** The architecture whose LoRAs, embeddings and ControlNets fit this one: itself for all but the distilled forms. */
    public Architecture family() {
        return family;
    }

    /** The side in pixels of the square that it was trained on; 0 where it has none. */
    public int nativeSide() {
        return nativeSide;
    }

    /** Whether Gesso can run it. */
    public boolean isSupported() {
        return supported;
    }
}
