package gesso.ui;

import gesso.library.LibraryEntry;
import gesso.library.NetworkKind;
import gesso.library.Shelf;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.models.ModelUse;
import java.nio.file.Path;
import java.util.Optional;

/** Puts a model of the panel to use in the recipe. */
final class ModelHand implements ModelUse {
    private final StudioModel model;

    ModelHand(StudioModel model) {
        this.model = model;
    }

    @Override
    public boolean canUse(LibraryEntry entry) {
        return switch (entry.shelf()) {
            case CHECKPOINT, LORA, EMBEDDING, VAE ->
                entry.facts() == null || entry.facts().trouble().isEmpty();
            default -> false;
        };
    }

    @Override
    public void use(LibraryEntry entry) {
        Path file = entry.path();
        if (entry.shelf() == Shelf.CHECKPOINT) {
            Optional<Checkpoint> choice = model.recipe().model().choices().stream()
                    .filter(each -> each.file().equals(file))
                    .findFirst();
            choice.ifPresent(model.recipe().model()::set);
        } else if (entry.shelf() == Shelf.VAE) {
            model.recipe().advanced().useVae(file);
        } else {
            NetworkKind kind = entry.shelf() == Shelf.LORA ? NetworkKind.LORA : NetworkKind.EMBEDDING;
            model.recipe().networks().add(kind, entry.name());
        }
        model.modelLibrary().openProperty().set(false);
    }

    @Override
    public void insert(String words) {
        model.addToPrompt(words);
    }

    @Override
    public void reveal(Path file) {
        model.services().reveal().accept(file);
    }

    @Override
    public void chooseFolder() {
        model.services().dialogs().folder("Gesso").ifPresent(model.modelLibrary()::addFolder);
    }
}
