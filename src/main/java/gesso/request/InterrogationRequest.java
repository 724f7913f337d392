package gesso.request;

/** A picture to be turned into words. */
public record InterrogationRequest(Picture picture, Interrogator by) implements Work {}
