/**
 * Runs graphs on ONNX Runtime, the only package that knows it: devices, sessions, and the models in memory. Everything but
 * {@link gesso.runtime.Devices} belongs to one thread, the inference thread: sessions that hop between threads grow memory on
 * CUDA, and one that is closed during a run takes the process with it.
 */
package gesso.runtime;
