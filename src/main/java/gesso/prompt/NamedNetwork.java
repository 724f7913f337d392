package gesso.prompt;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What a prompt names beside its words.
 *
 * @param kind {@code lora}, {@code lyco}, {@code hypernet} … as the tag says, or {@code embedding}
 * @param text the strength in the text encoder; 1 for an embedding
 * @param unet the strength in the UNet
 * @param vectors how many tokens an embedding takes; 0 for others
 * @param found whether there is such a file
 */
public record NamedNetwork(String kind, String name, double text, double unet, int vectors, boolean found) {
    /** What {@link #kind} is for a textual inversion. */
    public static final String EMBEDDING = "embedding";

    /** Whether it is a textual inversion. */
    public boolean isEmbedding() {
        return kind.equals(EMBEDDING);
    }

    /** Its strength in digits: one number, or that of the text encoder and that of the UNet. */
    public String strength() {
        return text == unet ? plain(text) : plain(text) + " / " + plain(unet);
    }

    private static String plain(double number) {
        return new BigDecimal(number, new MathContext(4)).stripTrailingZeros().toPlainString();
    }
}
