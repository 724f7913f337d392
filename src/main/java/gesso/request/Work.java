package gesso.request;

/** What the queue can be asked to do. */
public sealed interface Work permits GenerationRequest, InterrogationRequest, PreprocessRequest, UpscaleRequest {}
