package gesso.pipeline;

import gesso.prompt.NetworkTag;
import gesso.weights.lora.BlockWeights;
import gesso.weights.lora.Strength;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How much a tag of a prompt asks for: {@code <lora:name:te:unet:dyn>}, each also by its name, as A1111 reads it; and
 * {@code lbw=} as its LoRA Block Weight extension does, which also takes the list in the UNet strength's place.
 */
final class TagStrength {
    private static final Set<String> FOLLOWED = Set.of("te", "unet", "dyn", "lbw", "w");

    private TagStrength() {}

    /** What a tag says that is not followed: the extension's {@code start=}, {@code stop=} and {@code step=} above all. */
    static List<String> ignored(NetworkTag tag) {
        return tag.named().keySet().stream()
                .filter(name -> !FOLLOWED.contains(name))
                .sorted()
                .map(name -> name + "=")
                .toList();
    }

    /** Empty where one of the tag's numbers is none. */
    static Optional<Strength> of(NetworkTag tag) {
        List<String> values = tag.positional();
        String third = values.size() > 2 ? values.get(2) : "";
        Optional<BlockWeights> positional = BlockWeights.parse(third);
        String named = tag.named().getOrDefault("lbw", tag.named().get("w"));
        Optional<BlockWeights> blocks =
                named == null ? Optional.of(positional.orElse(BlockWeights.ONES)) : BlockWeights.parse(named);
        OptionalDouble text = tag.textStrength();
        OptionalDouble unet = positional.isPresent() && !tag.named().containsKey("unet") ? text : tag.unetStrength();
        String dyn = tag.named().getOrDefault("dyn", values.size() > 3 ? values.get(3) : "0");
        if (text.isEmpty() || unet.isEmpty() || blocks.isEmpty() || !dyn.strip().matches("\\d{1,6}")) {
            return Optional.empty();
        }
        return Optional.of(new Strength(
                (float) text.getAsDouble(), (float) unet.getAsDouble(), Integer.parseInt(dyn.strip()), blocks.get()));
    }
}
