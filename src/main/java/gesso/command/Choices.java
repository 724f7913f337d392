package gesso.command;

import gesso.request.ControlMode;
import gesso.request.Emphasis;
import gesso.request.InpaintArea;
import gesso.request.InvalidRequest;
import gesso.request.Labelled;
import gesso.request.Loopback;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Profile;
import gesso.request.ResizeMode;
import gesso.request.Rng;
import java.util.List;

/** The short words of options that are a choice, in the order of its values. A value's full label is understood too. */
final class Choices<E extends Enum<E> & Labelled> {
    static final Choices<Rng> RNG = new Choices<>("rng", Rng.values(), "gpu", "cpu", "nv", "comfy");
    static final Choices<Profile> PROFILE = new Choices<>("profile", Profile.values(), "a1111", "comfyui", "diffusers");
    static final Choices<Emphasis> EMPHASIS =
            new Choices<>("emphasis", Emphasis.values(), "none", "ignore", "original", "no norm", "comfyui");
    static final Choices<ResizeMode> RESIZE_MODE =
            new Choices<>("resize-mode", ResizeMode.values(), "just", "crop", "fill", "latent");
    static final Choices<ControlMode> CONTROL_MODE =
            new Choices<>("control-mode", ControlMode.values(), "balanced", "prompt", "control");
    static final Choices<MaskMode> MASK_MODE = new Choices<>("mask-mode", MaskMode.values(), "masked", "not-masked");
    static final Choices<MaskedContent> MASKED_CONTENT =
            new Choices<>("masked-content", MaskedContent.values(), "fill", "original", "noise", "nothing");
    static final Choices<InpaintArea> AREA = new Choices<>("area", InpaintArea.values(), "whole", "masked");

    static final Choices<Loopback.Curve> CURVE =
            new Choices<>("denoise-curve", Loopback.Curve.values(), "aggressive", "linear", "lazy");

    private final String option;
    private final List<E> values;
    private final List<String> words;

    private Choices(String option, E[] values, String... words) {
        this.option = option;
        this.values = List.of(values);
        this.words = List.of(words);
        if (values.length != words.length) {
            throw new IllegalStateException(option);
        }
    }

    /** @throws InvalidRequest naming all the words */
    E parse(String text) {
        String wanted = text.strip();
        for (int i = 0; i < words.size(); i++) {
            if (wanted.equalsIgnoreCase(words.get(i))
                    || wanted.equalsIgnoreCase(values.get(i).label())) {
                return values.get(i);
            }
        }
        throw new InvalidRequest(
                option, "--%s is one of %s, not \"%s\".".formatted(option, String.join(", ", words), text));
    }
}
