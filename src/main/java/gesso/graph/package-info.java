/**
 * ONNX graphs of the networks in a checkpoint, built from the names and shapes of its tensors alone. Nothing here runs them:
 * the result is a {@link gesso.graph.OnnxModel}, bytes and a list of the weights that go with them.
 */
package gesso.graph;
