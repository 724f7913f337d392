package gesso.ui.models;

import gesso.library.Shelf;

/** The words for kinds of models. */
final class ShelfTerms {
    private ShelfTerms() {}

    static String of(Shelf shelf) {
        return switch (shelf) {
            case CHECKPOINT -> "models.shelf.checkpoint";
            case VAE -> "models.shelf.vae";
            case LORA -> "models.shelf.lora";
            case EMBEDDING -> "models.shelf.embedding";
            case CONTROLNET -> "models.shelf.controlnet";
            case UPSCALER -> "models.shelf.upscaler";
            case PREPROCESSOR -> "models.shelf.preprocessor";
            case INTERROGATOR -> "models.shelf.interrogator";
            case OTHER -> "models.shelf.other";
        };
    }
}
