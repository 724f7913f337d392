package gesso.ui.common;

import gesso.request.GenerationRequest;
import java.nio.file.Path;

/**
 * A picture that is on disk, and what made it.
 *
 * @param request with this one picture's seeds
 */
public record MadePicture(Path file, GenerationRequest request) {}
