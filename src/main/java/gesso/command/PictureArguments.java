package gesso.command;

import gesso.image.metadata.Infotext;
import gesso.image.metadata.InfotextReader;
import gesso.library.ModelFolders;
import gesso.library.foreign.PictureSettings;
import gesso.library.preset.Preset;
import gesso.library.preset.PresetValues;
import gesso.prompt.Styles;
import gesso.request.BadInput;
import gesso.request.ControlValues;
import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import gesso.request.Refiner;
import gesso.request.RequestValues;
import gesso.request.Size;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that say what is to be made, of every command that makes pictures. */
final class PictureArguments {
    @Parameters(index = "0", arity = "0..1", paramLabel = "PROMPT", description = "what the picture shows, in quotes")
    @Nullable
    String prompt;

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            description = "a checkpoint (the one used last, else the starter)")
    @Nullable
    String model;

    @Option(names = "--refiner", paramLabel = "NAME|FILE", description = "a checkpoint that finishes the pictures")
    @Nullable
    String refiner;

    @Option(
            names = "--refiner-switch",
            paramLabel = "X",
            description = "the part of the sampling after which --refiner takes over, 0 to 1 (0.8)")
    @Nullable
    Double refinerSwitch;

    @Option(
            names = "--vae",
            paramLabel = "NAME|FILE",
            description = "a VAE in place of the model's; None: the model's own, even where one lies beside it")
    @Nullable
    String vae;

    @Option(
            names = "--style",
            paramLabel = "NAME",
            description = "put a style of styles.csv to the prompts; may be given more than once")
    List<String> styles = List.of();

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "begin with a preset's settings (see gesso presets); what is said besides counts more")
    @Nullable
    String preset;

    @Mixin
    RequestOptions options = new RequestOptions();

    @Mixin
    HiresOptions hires = new HiresOptions();

    @Mixin
    ReworkOptions rework = new ReworkOptions();

    @Mixin
    SdUpscaleOptions sdUpscale = new SdUpscaleOptions();

    @Mixin
    ControlOptions control = new ControlOptions();

    @Mixin
    TurnOptions turns = new TurnOptions();

    @Option(names = "--parameters", paramLabel = "FILE", description = "start from the settings in this picture")
    @Nullable
    Path parameters;

    /**
     * The same with another picture to start from.
     *
     * @throws BadInput where the file is no picture that can be used, or the options ask for what cannot be
     */
    GenerationRequest request(Path image, Workshop workshop, Terminal terminal, String command) {
        rework.image = image;
        return request(workshop, terminal, command);
    }

    /** What is asked for: the picture's settings first where one is given, and the options over them. */
    GenerationRequest request(Workshop workshop, Terminal terminal, String command) {
        if (prompt == null && parameters == null && preset == null) {
            throw new BadInput("%s needs a prompt: gesso %s \"red apple\".".formatted(command, command));
        }
        Path checkpoint = checkpoint(workshop.models());
        Size size = options.size == null ? workshop.facts(checkpoint).size() : options.size;
        GenerationRequest request = rework.start(
                GenerationRequest.of(prompt == null ? "" : prompt, checkpoint, size),
                options.size != null || sdUpscale.asked(),
                terminal::say);
        if (parameters != null) {
            request = likePicture(request, parameters, workshop, terminal);
        }
        if (preset != null) {
            request = withPreset(request, workshop.presets().find(preset).preset(), terminal);
        }
        GenerationRequest asked = withVae(refined(options.apply(request), workshop.models()), workshop.models());
        GenerationRequest first = hires.apply(styled(asked, workshop), rework.denoise);
        GenerationRequest reworked = rework.apply(first, options.size != null);
        GenerationRequest enlarged = sdUpscale.apply(reworked, workshop.models());
        List<Map<String, @Nullable Object>> guided = preset == null
                ? List.of()
                : ControlValues.list(
                        workshop.presets().find(preset).preset().settings().get("controls"));
        return turns.apply(control.apply(enlarged, workshop.models(), guided, terminal::say));
    }

    private GenerationRequest refined(GenerationRequest request, ModelFolders models) {
        Refiner start =
                refiner == null ? request.refiner() : new Refiner(models.resolve(refiner), Refiner.DEFAULT_SWITCH);
        if (start == null) {
            new Needs("--refiner").check("--refiner-switch", refinerSwitch);
            return request;
        }
        return request.edit(e -> e.refiner(refinerSwitch == null ? start : start.withSwitchAt(refinerSwitch)));
    }

    private GenerationRequest withVae(GenerationRequest from, ModelFolders models) {
        if (vae == null || vae.equalsIgnoreCase("automatic")) {
            return from;
        }
        Path file = vae.equalsIgnoreCase("none") ? from.model() : models.resolveVae(vae);
        return from.edit(e -> e.vae(file));
    }

    /** A preset's settings; a prompt that was given gives way only where the preset has a place for it. */
    private GenerationRequest withPreset(GenerationRequest from, Preset chosen, Terminal terminal) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(PresetValues.on(RequestValues.of(from), chosen));
        if (prompt != null && !String.valueOf(chosen.settings().get("prompt")).contains("{prompt}")) {
            values.remove("prompt");
        }
        if (from.rework() != null && Boolean.TRUE.equals(values.get("hires"))) {
            values.remove("hires");
            terminal.say("The preset's hires fix is left out: it belongs to pictures that start from text.");
        }
        Preset.Model made = chosen.model();
        if (model == null && made != null && !made.name().isEmpty()) {
            terminal.say("The preset was made for %s; name it with --model where you have it.".formatted(made.name()));
        }
        return RequestValues.apply(values, from);
    }

    private GenerationRequest styled(GenerationRequest request, Workshop workshop) {
        if (styles.isEmpty()) {
            return request;
        }
        Styles known = workshop.styles();
        List<String> names = known.all().stream().map(Styles.Style::name).toList();
        for (String style : styles) {
            if (!names.contains(style)) {
                throw new InvalidRequest(
                        "style",
                        names.isEmpty()
                                ? "There is no style \"%s\": styles.csv has none.".formatted(style)
                                : "There is no style \"%s\"; there are: %s."
                                        .formatted(style, String.join(", ", names)));
            }
        }
        Styles.Prompts prompts = known.apply(request.prompt(), request.negativePrompt(), styles);
        return request.edit(e -> e.prompt(prompts.prompt()).negativePrompt(prompts.negativePrompt()));
    }

    /** With the settings that a picture's file holds; what is said here of prompt and model stays. */
    private GenerationRequest likePicture(GenerationRequest from, Path picture, Workshop workshop, Terminal terminal) {
        Infotext text = PictureSettings.read(picture)
                .map(PictureSettings::infotext)
                .orElseThrow(() -> new BadInput("%s does not say how it was made.".formatted(picture)));
        InfotextReader.Reading reading = InfotextReader.apply(text, from, workshop.models());
        reading.notes().forEach(terminal::say);
        GenerationRequest read = reading.request();
        return read.edit(e ->
                e.prompt(prompt == null ? read.prompt() : prompt).model(model == null ? read.model() : from.model()));
    }

    private Path checkpoint(ModelFolders models) {
        if (model != null) {
            return models.resolve(model);
        }
        return models.defaultModel()
                .orElseThrow(() -> new BadInput("No model is installed; put a Stable Diffusion checkpoint into "
                        + models.folders().get(0) + "."));
    }
}
