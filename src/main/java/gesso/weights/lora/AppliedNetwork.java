package gesso.weights.lora;

/** A network, and how much it counts. */
public record AppliedNetwork(LoraFile file, Strength strength) {}
