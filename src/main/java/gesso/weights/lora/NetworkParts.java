package gesso.weights.lora;

/**
 * Where a checkpoint keeps the networks that can be changed: the prefixes of their tensors' names.
 *
 * @param text of the text encoder that transformers names, SD1's or SDXL's first; empty: none
 * @param secondText of the one that OpenCLIP names, SD2's or SDXL's second; empty: none
 */
public record NetworkParts(String unet, String text, String secondText) {}
