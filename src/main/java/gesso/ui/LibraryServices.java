package gesso.ui;

import gesso.library.gallery.GalleryLibrary;
import gesso.library.preset.Presets;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the window keeps and finds again. Everything here may wait for the disk, and is used on background threads.
 *
 * @param gallery opens the pictures' index; asked once, when the gallery is wanted first
 * @param presets the shipped ones and the user's
 * @param hash what is known of a checkpoint's SHA-256 without reading it: 64 hexadecimal digits, or empty
 */
public record LibraryServices(Supplier<GalleryLibrary> gallery, Presets presets, Function<Path, String> hash) {}
