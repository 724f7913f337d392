package gesso.runtime;

/**
 * What a model in memory costs.
 *
 * @param name of the network, e.g. "UNet"
 * @param device that runs it
 * @param loadSeconds from its graph's first line to ready
 * @param ownBytes that the process took for it and the system cannot take back, measured over the load where the system
 *     tells (Linux), else computed; a mapped file's pages are not counted
 * @param weightBytes of all its weights as float32
 */
public record ModelFigures(String name, Device device, double loadSeconds, long ownBytes, long weightBytes) {}
