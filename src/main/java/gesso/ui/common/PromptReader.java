package gesso.ui.common;

import gesso.request.GenerationRequest;
import java.util.List;

/** What a prompt becomes before the model sees it. */
@FunctionalInterface
public interface PromptReader {
    PromptReading read(GenerationRequest request);

    /**
     * A prompt as the model gets it.
     *
     * @param networks the tags of extra networks, which leave the text: "lora ink"
     */
    record PromptReading(List<Part> parts, List<String> networks) {}

    /** What AND joins to the others, with its weight. */
    record Part(double weight, List<Stretch> stretches) {}

    /** The same text over some steps, counted from 1, cut into chunks of 75 tokens. */
    record Stretch(int from, int until, List<List<Run>> chunks) {}

    /** Words that have one weight. */
    record Run(String text, double weight) {}
}
