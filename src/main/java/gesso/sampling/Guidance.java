package gesso.sampling;

import gesso.tensor.FloatTensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What pulls the picture where.
 *
 * @param positive the parts of the prompt that AND joins, at least one
 * @param negative the negative prompt
 * @param edit the second guidance, of models that edit a picture; null: none
 */
public record Guidance(
        List<Part> positive,
        ConditioningSchedule negative,
        @Nullable Edit edit) {
    /**
     * One part of the prompt.
     *
     * @param weight may be negative
     */
    public record Part(ConditioningSchedule schedule, double weight) {}

    /**
     * How an editing model is held to its picture (InstructPix2Pix, Brooks et al. 2023).
     *
     * @param scale image CFG scale
     * @param blind the negative prompt, with nothing in the picture's place
     */
    public record Edit(double scale, ConditioningSchedule blind) {}

    public Guidance {
        positive = List.copyOf(positive);
        if (positive.isEmpty()) {
            throw new IllegalArgumentException("a prompt without parts");
        }
    }

    /** Of prompts alone. */
    public Guidance(List<Part> positive, ConditioningSchedule negative) {
        this(positive, negative, null);
    }

    /** One prompt against another, both the same at every step. */
    public static Guidance of(Conditioning positive, Conditioning negative) {
        return new Guidance(
                List.of(new Part(ConditioningSchedule.constant(positive), 1)), ConditioningSchedule.constant(negative));
    }

    /** With what the network sees beside the latent, [1, n, h, w]. */
    public Guidance beside(FloatTensor channels) {
        return new Guidance(
                positive.stream()
                        .map(part -> new Part(part.schedule().beside(channels), part.weight()))
                        .toList(),
                negative.beside(channels));
    }

    /**
     * With a picture that is to be edited, [1, 4, h, w].
     *
     * @param scale 1: without a third run of the network, whose result would cancel out
     */
    public Guidance editing(FloatTensor picture, double scale) {
        Guidance beside = beside(picture);
        return scale == 1
                ? beside
                : new Guidance(
                        beside.positive,
                        beside.negative,
                        new Edit(scale, negative.beside(FloatTensor.zeros(picture.shape()))));
    }
}
