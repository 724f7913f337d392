package gesso.request;

import org.jspecify.annotations.Nullable;

/**
 * A change of mind while a picture forms: from a step on it is guided by other words, or more or less by them. Steps before stay
 * as they were, so a picture can be gone back to at any step and continued another way.
 *
 * @param after steps of the picture that are made before the turn, 0–450
 * @param prompt from there on; null: as before
 * @param negativePrompt likewise
 * @param cfgScale likewise, 1–30
 */
public record Turn(
        int after,
        @Nullable String prompt,
        @Nullable String negativePrompt,
        @Nullable Double cfgScale) {
    public Turn {
        InvalidRequest.range("turn", "The step of a turn", after, 0, 450);
        if (cfgScale != null) {
            InvalidRequest.range("cfg", "CFG scale", cfgScale, 1, 30);
        }
        if (prompt == null && negativePrompt == null && cfgScale == null) {
            throw new InvalidRequest("turn", "A turn changes the prompt, the negative prompt or the CFG scale.");
        }
    }
}
