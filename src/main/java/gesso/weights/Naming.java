package gesso.weights;

/** Whose names the tensors of a file bear. */
public enum Naming {
    /** CompVis' and Stability's own code: {@code input_blocks.0.0.weight}, {@code decoder.up.0}. */
    LDM,
    /** Hugging Face diffusers and transformers: {@code down_blocks.0.resnets.0}, {@code lora_A}. */
    DIFFUSERS,
    /** kohya-ss and LyCORIS: {@code lora_unet_down_blocks_0_…}. */
    KOHYA,
    OTHER
}
