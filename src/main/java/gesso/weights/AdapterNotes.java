package gesso.weights;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What diffusers notes of the adapters in a file ({@code lora_adapter_metadata}): the settings that peft made them with. Their alpha
 * stands nowhere else.
 */
public final class AdapterNotes {
    private static final String KEY = "lora_adapter_metadata";
    /** The longest first, for one begins with another. */
    private static final List<String> PARTS = List.of("text_encoder_2", "text_encoder", "unet");

    private final Map<String, String> values = new LinkedHashMap<>();
    /** By the part's and the layer's names. */
    private final Map<String, String> alphas = new LinkedHashMap<>();

    private AdapterNotes() {}

    /** Those in a file's notes; none where these are none of diffusers', or broken: the network can be used all the same. */
    public static AdapterNotes of(WeightFile file) {
        AdapterNotes notes = new AdapterNotes();
        try {
            JsonCursor json =
                    new JsonCursor(file.metadata().getOrDefault(KEY, "{}").getBytes(StandardCharsets.UTF_8));
            json.object(name -> {
                if (name.endsWith(".alpha_pattern") && json.isObject()) {
                    String part = name.substring(0, name.indexOf('.') + 1);
                    json.object(layer -> notes.alphas.put(flat(part + layer), json.text()));
                } else {
                    notes.values.put(name, json.text());
                }
            });
            return notes;
        } catch (Malformed e) {
            return new AdapterNotes();
        }
    }

    private static String flat(String name) {
        return name.replace('.', '_');
    }

    /**
     * The factor of a layer's product that its alpha makes: alpha/rank, or alpha/√rank where the notes say so; 1 where they do not
     * say anything.
     *
     * @param layer its name in the file, with underscores for dots
     */
    public float scale(String layer, int rank) {
        for (String part : PARTS) {
            if (layer.startsWith(part + "_")) {
                String noted = alphas.getOrDefault(layer, values.getOrDefault(part + ".lora_alpha", ""));
                boolean root = values.getOrDefault(part + ".use_rslora", "").equals("true");
                return noted.matches("\\d+(\\.\\d+)?")
                        ? (float) (Double.parseDouble(noted) / (root ? Math.sqrt(rank) : rank))
                        : 1;
            }
        }
        return 1;
    }
}
