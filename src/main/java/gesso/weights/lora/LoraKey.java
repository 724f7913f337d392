package gesso.weights.lora;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a network's tensor, parted: which layer it is for, and which part of that layer's change it is.
 *
 * @param layer with underscores for dots, so that kohya's, diffusers' and peft's names are the same
 * @param part {@code down}, {@code up}, {@code mid}, {@code up.bias}, {@code alpha}, {@code hada_w1_a} …
 */
record LoraKey(String layer, String part) {
    /** kohya's {@code .lora_down.weight}, peft's {@code .lora_A.default.weight}, diffusers' {@code _lora.down.weight} and {@code .lora_linear_layer.down.weight}. */
    private static final Pattern LOW_RANK =
            Pattern.compile("(.+)[._]lora[._](?:linear_layer\\.)?(down|up|mid|A|B)(?:\\.[^.]+)??(?:\\.(weight|bias))?");

    private static final Pattern MAGNITUDE = Pattern.compile("(.+)\\.lora_magnitude_vector(?:\\..+)?");
    private static final Pattern GLORA = Pattern.compile("(.+)\\.(a1|a2|b1|b2)\\.weight");
    private static final Pattern OTHER = Pattern.compile(
            "(.+)\\.(alpha|scale|dora_scale|hada_\\w+|lokr_\\w+|diff|diff_b|w_norm|b_norm|oft_blocks|oft_diag|rescale|on_input|weight)");

    private static final Map<String, String> SIDES = Map.of("A", "down", "B", "up");

    /** Null where the name is none of a network's. */
    static @Nullable LoraKey parse(String name) {
        Matcher low = LOW_RANK.matcher(name);
        if (low.matches()) {
            String side = SIDES.getOrDefault(low.group(2), low.group(2));
            return new LoraKey(layer(low.group(1)), "bias".equals(low.group(3)) ? side + ".bias" : side);
        }
        Matcher magnitude = MAGNITUDE.matcher(name);
        if (magnitude.matches()) {
            return new LoraKey(layer(magnitude.group(1)), "magnitude");
        }
        Matcher glora = GLORA.matcher(name);
        if (glora.matches()) {
            return new LoraKey(layer(glora.group(1)), glora.group(2));
        }
        Matcher other = OTHER.matcher(name);
        return other.matches() ? new LoraKey(layer(other.group(1)), other.group(2)) : null;
    }

    private static String layer(String name) {
        return name.replaceFirst("[._]lora$", "").replace('.', '_').replace("_processor_", "_");
    }
}
