package gesso;

import gesso.command.Workshop;
import gesso.library.FileHashes;
import gesso.library.Folders;
import gesso.library.Gallery;
import gesso.library.ModelFolders;
import gesso.library.SettingsFile;
import gesso.pipeline.Engine;
import gesso.pipeline.Pipeline;
import gesso.request.BadInput;
import gesso.runtime.Devices;
import gesso.runtime.ProcessMemory;
import gesso.weights.ModelInfo;
import gesso.weights.SafetensorsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The one place that wires everything together: folders, settings, models, engine, and what shows them. */
public final class Studio implements Workshop, AutoCloseable {
    private final Folders folders;
    private final SettingsFile settings;

    /** Everything that is kept lies in {@code folders}. */
    public Studio(Folders folders) {
        this.folders = folders;
        this.settings = SettingsFile.open(folders.config());
    }

    /** Opens the window and returns when it is closed. */
    void open() {}

    @Override
    public ModelFolders models() {
        return ModelFolders.of(settings.settings(), folders);
    }

    @Override
    public Gallery gallery() {
        Path chosen = settings.settings().pictures();
        return new Gallery(chosen == null ? folders.pictures() : chosen);
    }

    @Override
    public ModelFacts facts(Path model) {
        ModelInfo info = ModelInfo.of(SafetensorsFile.open(model));
        return new ModelFacts(info.title(), info.kind().label(), info.label(), info.precision(), info.nativeSize());
    }

    @Override
    public List<DeviceState> devices() {
        return Devices.probe().stream()
                .map(p -> new DeviceState(p.device().id(), p.device().label(), p.problem()))
                .toList();
    }

    @Override
    public Engine engine(String device, Consumer<String> chosen, Consumer<String> notice) {
        Path merges = assets().resolve("tokenizer/clip-merges.txt.gz");
        FileHashes hashes = new FileHashes(folders.cache());
        Pipeline pipeline =
                new Pipeline(device, merges, file -> CompletableFuture.supplyAsync(() -> hashes.of(file)), notice);
        chosen.accept(pipeline.device().id());
        return pipeline;
    }

    @Override
    public OptionalLong peakMemory() {
        return ProcessMemory.peak();
    }

    private static Path assets() {
        return Folders.assets()
                .orElseThrow(
                        () -> new BadInput(
                                "Gesso's own files (the folder \"assets\") are missing; install Gesso again, or start it with ./gesso."));
    }

    @Override
    public void close() {
        settings.close();
    }
}
