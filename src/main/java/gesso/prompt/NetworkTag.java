package gesso.prompt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A tag such as {@code <lora:name:0.8>}: an extra network, named in the prompt. It leaves the prompt's text.
 *
 * @param kind what stands before the first colon: {@code lora}, {@code lyco} (the same), {@code hypernet} …
 * @param positional the values between colons, the name first
 * @param named those of the form {@code te=0.5}
 */
public record NetworkTag(String kind, List<String> positional, Map<String, String> named) {
    public NetworkTag {
        positional = List.copyOf(positional);
        named = Map.copyOf(named);
    }

    /** A prompt without its tags, and the tags. */
    public record Extracted(String text, List<NetworkTag> tags) {}

    public boolean isLora() {
        return kind.equals("lora") || kind.equals("lyco");
    }

    /** The network's name; empty where the tag gives none. */
    public String name() {
        return positional.isEmpty() ? "" : positional.get(0);
    }

    /** The strength in the text encoder: {@code <lora:name:te>} or {@code te=}, else 1. Nothing: the tag gives one that is no number. */
    public OptionalDouble textStrength() {
        return strength("te", 1, OptionalDouble.of(1));
    }

    /** The strength in the UNet: {@code <lora:name:te:unet>} or {@code unet=}, else the text encoder's. */
    public OptionalDouble unetStrength() {
        return strength("unet", 2, textStrength());
    }

    private OptionalDouble strength(String key, int position, OptionalDouble otherwise) {
        String text = named.get(key);
        if (text == null && position < positional.size()) {
            text = positional.get(position);
        }
        if (text == null) {
            return otherwise;
        }
        double value = PythonText.number(PythonText.strip(text));
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** Takes the tags out of a text: an opening angle bracket, a word, a colon, anything else up to the closing bracket. */
    public static Extracted extract(String text) {
        StringBuilder rest = new StringBuilder();
        List<NetworkTag> tags = new ArrayList<>();
        int from = 0;
        int at = text.indexOf('<');
        int end = text.indexOf('>');
        while (at >= 0 && end >= 0) {
            if (end < at) {
                end = text.indexOf('>', at);
                continue;
            }
            int colon = wordEnd(text, at + 1);
            if (colon > at + 1 && colon + 1 < end && text.charAt(colon) == ':') {
                rest.append(text, from, at);
                tags.add(parse(text.substring(at + 1, colon), text.substring(colon + 1, end)));
                from = end + 1;
                at = text.indexOf('<', from);
            } else {
                at = text.indexOf('<', at + 1);
            }
        }
        return new Extracted(rest.append(text, from, text.length()).toString(), tags);
    }

    private static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length() && PythonText.isWord(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private static NetworkTag parse(String kind, String values) {
        List<String> positional = new ArrayList<>();
        Map<String, String> named = new LinkedHashMap<>();
        for (String value : values.split(":", -1)) {
            int equals = value.indexOf('=');
            if (equals >= 0 && value.indexOf('=', equals + 1) < 0) {
                named.put(value.substring(0, equals), value.substring(equals + 1));
            } else {
                positional.add(value);
            }
        }
        return new NetworkTag(kind, positional, named);
    }
}
