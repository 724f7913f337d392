package gesso.command;

import gesso.image.PictureFiles;
import gesso.image.metadata.InfotextReader;
import gesso.library.Json;
import gesso.library.foreign.PictureSettings;
import gesso.library.preset.Preset;
import gesso.library.preset.PresetCard;
import gesso.library.preset.PresetImport;
import gesso.library.preset.PresetText;
import gesso.library.preset.PresetValues;
import gesso.library.preset.PresetZip;
import gesso.library.preset.Presets;
import gesso.request.BadInput;
import gesso.request.GenerationRequest;
import gesso.request.Size;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gesso presets}: lists, shows, makes, imports and exports presets. */
@Command(
        name = "presets",
        description = "Lists presets; shows, makes, imports and exports them.",
        mixinStandardHelpOptions = true)
final class PresetsCommand implements Callable<Integer> {
    @Option(names = "--json", description = "print the list as JSON")
    boolean json;

    private final Workshop workshop;
    private final Terminal terminal;

    PresetsCommand(Workshop workshop, Terminal terminal) {
        this.workshop = workshop;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Presets.Listing listing = workshop.presets().list();
        listing.notices().forEach(terminal::say);
        if (json) {
            terminal.print(Json.pretty(
                    listing.presets().stream().map(PresetsCommand::entry).toList()));
            return ExitCode.DONE;
        }
        for (Presets.Stored stored : listing.presets()) {
            Preset preset = stored.preset();
            terminal.print("%-24s %-26s %s"
                    .formatted(stored.id(), preset.name("en"), preset.description("en"))
                    .stripTrailing());
        }
        return ExitCode.DONE;
    }

    private static Map<String, Object> entry(Presets.Stored stored) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", stored.id());
        entry.put("file", stored.file().toString());
        entry.put("ships", stored.isShipped());
        entry.put("name", stored.preset().names());
        entry.put("description", stored.preset().descriptions());
        entry.put("tags", stored.preset().tags());
        return entry;
    }

    @Command(name = "show", description = "Prints a preset's JSON.", mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "NAME", description = "its id, or its name in any language") String name) {
        terminal.out().print(PresetText.write(workshop.presets().find(name).preset()));
        terminal.out().flush();
        return ExitCode.DONE;
    }

    @Command(
            name = "import",
            description =
                    "Keeps the presets in files: Gesso's JSON, cards and ZIPs; A1111's styles.csv, ui-config.json and config.json;"
                            + " presets and styles of Fooocus, InvokeAI and Krita's AI plug-in.",
            mixinStandardHelpOptions = true)
    int importFiles(@Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files) {
        // All are read before any is kept: a bad file leaves nothing half done.
        List<Preset> read = new ArrayList<>();
        files.forEach(file -> read.addAll(PresetImport.read(file)));
        for (Preset preset : read) {
            terminal.print(workshop.presets().add(preset).file().toString());
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "export",
            description = "Writes presets to a file: one as .json or, with --picture, as a .png card; several as .zip.",
            mixinStandardHelpOptions = true)
    int export(
            @Parameters(arity = "1..*", paramLabel = "NAME") List<String> names,
            @Option(names = "--out", required = true, paramLabel = "FILE") Path out,
            @Option(names = "--picture", paramLabel = "FILE", description = "what a card shows") @Nullable
                    Path picture) {
        List<Preset> presets = names.stream()
                .map(name -> workshop.presets().find(name).preset())
                .toList();
        terminal.print(Presets.export(out, exported(presets, out, picture)).toString());
        return ExitCode.DONE;
    }

    private static byte[] exported(List<Preset> presets, Path out, @Nullable Path picture) {
        String name = out.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".zip")) {
            return PresetZip.encode(presets);
        }
        if (presets.size() > 1) {
            throw new BadInput("Several presets go into one file that ends in .zip.");
        }
        if (name.endsWith(".json")) {
            return PresetText.write(presets.get(0)).getBytes(StandardCharsets.UTF_8);
        }
        if (!name.endsWith(".png")) {
            throw new BadInput("A preset is written as .json, .png or .zip, not as %s.".formatted(out.getFileName()));
        }
        return picture != null
                ? PresetCard.encode(presets.get(0), PictureFiles.read(picture))
                : PresetCard.encode(presets.get(0))
                        .orElseThrow(() -> new BadInput(
                                "The preset has no thumbnail; name the picture that the card shows with --picture."));
    }

    @Command(
            name = "make",
            description = "Makes a preset of the settings in a picture.",
            mixinStandardHelpOptions = true)
    int make(
            @Parameters(index = "0", paramLabel = "NAME") String name,
            @Option(names = "--parameters", required = true, paramLabel = "FILE", description = "a picture")
                    Path picture) {
        PictureSettings settings = PictureSettings.read(picture)
                .orElseThrow(() -> new BadInput("%s does not say how it was made.".formatted(picture)));
        GenerationRequest base = GenerationRequest.of("", Path.of(""), new Size(512, 512));
        InfotextReader.Reading reading = InfotextReader.apply(settings.infotext(), base, workshop.models());
        reading.notes().forEach(terminal::say);
        Map<String, String> said = settings.infotext().settings();
        Preset.Model model = Optional.ofNullable(said.get("Model"))
                .map(called -> new Preset.Model(called, said.getOrDefault("Model hash", ""), ""))
                .orElse(null);
        Preset preset = Preset.of(name, PresetValues.of(reading.request()))
                .withModel(model)
                .withThumbnail(PresetCard.thumbnail(picture));
        terminal.print(workshop.presets().add(preset).file().toString());
        return ExitCode.DONE;
    }
}
