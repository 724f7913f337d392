package gesso.ui.common;

import gesso.prompt.NamedNetwork;
import gesso.request.GenerationRequest;
import java.util.List;

/** What a prompt becomes before the model sees it. */
@FunctionalInterface
public interface PromptReader {
    PromptReading read(GenerationRequest request);

    /**
     * A prompt as the model gets it.
     *
     * @param networks extra networks, whose tags leave the text, and embeddings, whose names stay in it
     */
    record PromptReading(List<Part> parts, List<NamedNetwork> networks) {}

    /** What AND joins to the others, with its weight. */
    record Part(double weight, List<Stretch> stretches) {}

    /** The same text over some steps, counted from 1, cut into chunks of 75 tokens. */
    record Stretch(int from, int until, List<List<Run>> chunks) {}

    /** Words that have one weight. */
    record Run(String text, double weight) {}
}
