package gesso.weights.lora;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Factors for each block of the UNet and one, BASE, for the text encoder: what the LoRA Block Weight extension of A1111 means. A
 * block that a list does not name counts 0; the UNet's layers outside of its blocks always count whole.
 *
 * @param byBlock empty: all count whole
 */
public record BlockWeights(Map<String, Float> byBlock) {
    public static final BlockWeights ONES = new BlockWeights(Map.of());

    private static final List<String> NAMES_26 = names(0, 11, 0, 11);
    private static final List<List<String>> FORMS = List.of(
            Stream.of("BASE IN04 IN05 IN07 IN08 M00".split(" "), named("OUT", 0, 5))
                    .flatMap(Arrays::stream)
                    .toList(),
            Stream.of("BASE IN01 IN02 IN04 IN05 IN07 IN08 M00".split(" "), named("OUT", 3, 11))
                    .flatMap(Arrays::stream)
                    .toList(),
            names(0, 8, 0, 8),
            NAMES_26);

    /** The extension's presets, for 17 blocks. */
    private static final Map<String, String> PRESETS = Map.of(
            "NONE", "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0",
            "ALL", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1",
            "INS", "1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0",
            "IND", "1,0,0,0,1,1,1,0,0,0,0,0,0,0,0,0,0",
            "INALL", "1,1,1,1,1,1,1,0,0,0,0,0,0,0,0,0,0",
            "MIDD", "1,0,0,0,1,1,1,1,1,1,1,1,0,0,0,0,0",
            "OUTD", "1,0,0,0,0,0,0,0,1,1,1,1,0,0,0,0,0",
            "OUTS", "1,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1",
            "OUTALL", "1,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1",
            "ALL0.5", "0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5");

    public BlockWeights {
        byBlock = Map.copyOf(byBlock);
    }

    /** Reads a preset's name, or 12, 17, 20 or 26 numbers between commas; empty: it is neither. */
    public static Optional<BlockWeights> parse(String text) {
        String[] numbers = PRESETS.getOrDefault(text.strip(), text).split(",", -1);
        return FORMS.stream()
                .filter(form -> form.size() == numbers.length)
                .findFirst()
                .flatMap(form -> parse(form, numbers));
    }

    private static Optional<BlockWeights> parse(List<String> form, String[] numbers) {
        Map<String, Float> weights = new HashMap<>();
        NAMES_26.forEach(name -> weights.put(name, 0f));
        for (int i = 0; i < numbers.length; i++) {
            try {
                float value = Float.parseFloat(numbers[i].strip());
                if (!Float.isFinite(value)) {
                    return Optional.empty();
                }
                weights.put(form.get(i), value);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        return Optional.of(new BlockWeights(weights));
    }

    float of(String block) {
        return byBlock.isEmpty() ? 1 : Objects.requireNonNullElse(byBlock.get(block), 1f);
    }

    private static List<String> names(int in, int lastIn, int out, int lastOut) {
        return Stream.of(
                        new String[] {"BASE"},
                        named("IN", in, lastIn),
                        new String[] {"M00"},
                        named("OUT", out, lastOut))
                .flatMap(Arrays::stream)
                .toList();
    }

    private static String[] named(String side, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> "%s%02d".formatted(side, i))
                .toArray(String[]::new);
    }
}
