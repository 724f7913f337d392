package gesso.ui;

import gesso.canvas.CanvasDocument;
import gesso.job.PictureStore;
import gesso.prompt.Styles;
import gesso.request.Interrogator;
import gesso.ui.common.FileDialogs;
import gesso.ui.common.ModelChoices;
import gesso.ui.common.PictureReader;
import gesso.ui.common.PromptReader;
import gesso.ui.common.SettingsReader;
import gesso.ui.common.TokenCounter;
import gesso.ui.common.UpscaledStore;
import gesso.ui.models.ModelLibraryService;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the window needs from the rest of the program, besides the queue. Everything that may take time is called on the
 * window's background thread.
 *
 * @param models looks for the models that are installed; asked again when the user looks for new ones
 * @param styles reads the user's styles; asked when models are
 * @param tokens counts a prompt's tokens
 * @param prompts reads what a prompt becomes
 * @param settings reads what a picture was made with
 * @param pictures reads a picture's pixels
 * @param fetch brings a picture that lies at an address ({@code http}, {@code https}, {@code data}) into a file
 * @param interrogator chooses what turns pictures into words, among the models that there are
 * @param modelLibrary lists the models for the panel of models
 * @param install puts a model file among the installed ones, and says in a sentence where; may take minutes
 * @param dialogs the desktop's dialogs
 * @param reveal shows a file, or a folder, in the desktop's file manager
 * @param library pictures and presets
 * @param store saves what the window itself draws (a plot's grid)
 * @param upscaled saves what was made larger
 * @param picturesFolder where pictures are saved
 * @param device what runs the networks, in a few words
 * @param notices is given who wants to hear sentences that concern no single job (another device than expected, settings
 *     that could not be read), from any thread; those said before are told at once
 * @param canvas what is on the canvas from the last time; every step of it is written down
 * @param remembered what {@code remember} was given last, in an earlier session
 * @param remember keeps the controls' values; called often, on the FX thread: it may not wait for the disk
 */
public record StudioServices(
        Supplier<ModelChoices> models,
        Supplier<Styles> styles,
        TokenCounter tokens,
        PromptReader prompts,
        SettingsReader settings,
        PictureReader pictures,
        Function<String, Path> fetch,
        Supplier<Interrogator> interrogator,
        ModelLibraryService modelLibrary,
        Function<Path, String> install,
        FileDialogs dialogs,
        Consumer<Path> reveal,
        LibraryServices library,
        PictureStore store,
        UpscaledStore upscaled,
        Path picturesFolder,
        Supplier<String> device,
        Consumer<Consumer<String>> notices,
        CanvasDocument canvas,
        Map<String, String> remembered,
        Consumer<Map<String, String>> remember) {}
