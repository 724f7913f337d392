package gesso.ui.preset;

import gesso.image.PictureFiles;
import gesso.library.preset.Preset;
import gesso.library.preset.PresetCard;
import gesso.library.preset.PresetText;
import gesso.library.preset.Presets;
import gesso.request.BadInput;
import gesso.request.GessoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Presets as files to be passed on. Everything here waits for a disk. */
final class PresetFiles {
    private PresetFiles() {}

    /**
     * Writes a preset under a name that the user chose: {@code .json}, else a card.
     *
     * @param picture what a card shows; null: the preset's thumbnail
     * @throws GessoException where it cannot be written
     */
    static Path export(Preset preset, @Nullable Path picture, Path target) {
        String name = String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return Presets.export(target, PresetText.write(preset).getBytes(StandardCharsets.UTF_8));
        }
        Path png = name.endsWith(".png") ? target : target.resolveSibling(target.getFileName() + ".png");
        return Presets.export(png, card(preset, picture));
    }

    /** A card in a folder of its own, to be copied or dragged from there. */
    static Path card(Preset preset, @Nullable Path picture, String name) {
        try {
            Path folder = Files.createTempDirectory("gesso-card");
            folder.toFile().deleteOnExit();
            Path file = Presets.export(folder.resolve(name), card(preset, picture));
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new GessoException("The card could not be written: there is no room for it.", e);
        }
    }

    private static byte[] card(Preset preset, @Nullable Path picture) {
        if (!preset.thumbnail().isEmpty()) {
            return PresetCard.encode(preset).orElseThrow();
        }
        if (picture == null) {
            throw new BadInput("A card needs a picture to show; make one, or look at one, first.");
        }
        return PresetCard.encode(preset, PictureFiles.read(picture));
    }
}
