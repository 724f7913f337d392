package gesso.sampling;

import java.util.function.Supplier;

/**
 * Other prompts, or another scale of guidance, from a step on.
 *
 * @param after steps of this run that are done before
 * @param next makes the network and the prompts ready; called once
 * @param scale CFG scale from there on
 */
public record Redirection(int after, Supplier<Handover.Stage> next, double scale) {}
