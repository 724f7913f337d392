package gesso.ui.generate;

import gesso.library.NetworkKind;
import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import gesso.request.Sampler;
import gesso.request.SamplingSettings;
import gesso.request.ScheduleType;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.ModelChoices;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Problem;
import gesso.ui.common.Setting;
import gesso.ui.common.TextSetting;
import gesso.ui.control.ControlModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** What the user asks for, as it stands in the controls. */
public final class RecipeModel {
    private static final SamplingSettings DEFAULT = SamplingSettings.DEFAULT;

    private final TextSetting prompt = new TextSetting("prompt");
    private final TextSetting negativePrompt = new TextSetting("negative-prompt");
    private final ChoiceSetting<Checkpoint> model = new ChoiceSetting<>(
            "model", List.of(), null, checkpoint -> checkpoint.file().toString());
    private final SizeModel size = new SizeModel();
    private final ChoiceSetting<Sampler> sampler = ChoiceSetting.of("sampler", DEFAULT.sampler());
    private final ChoiceSetting<ScheduleType> schedule = ChoiceSetting.of("schedule", DEFAULT.schedule());
    private final NumberSetting steps = NumberSetting.whole("steps", 1, 150, 1, DEFAULT.steps());
    private final NumberSetting cfg = NumberSetting.decimal("cfg", 1, 30, 0.5, 1, DEFAULT.cfgScale());
    private final NumberSetting seed = SeedNumbers.setting("seed");
    private final NumberSetting batchCount = NumberSetting.whole("count", 1, 100, 1, 1);
    private final NumberSetting batchSize = NumberSetting.whole("batch", 1, 16, 1, 1);
    private final VariationModel variation = new VariationModel();
    private final HiresModel hires = new HiresModel();
    private final RefinerModel refiner = new RefinerModel();
    private final TuningModel tuning = new TuningModel();
    private final AdvancedModel advanced = new AdvancedModel();
    private final PlotModel plot = new PlotModel();
    private final StyleModel styles = new StyleModel();
    private final ReworkModel rework = new ReworkModel();
    private final ControlModel control = new ControlModel();
    private final NetworksModel networks = new NetworksModel(prompt);
    private final RequestForm form = new RequestForm(this);
    private final ReadOnlyObjectWrapper<@Nullable Setting> wrong = new ReadOnlyObjectWrapper<>(this, "wrong");
    private final ReadOnlyObjectWrapper<@Nullable Problem> trouble = new ReadOnlyObjectWrapper<>(this, "trouble");

    public RecipeModel() {
        model.valueProperty().addListener((property, old, now) -> {
            if (now != null) {
                size.setNativeSize(now.nativeSize());
            }
            control.setCheckpoint(now);
        });
    }

    public TextSetting prompt() {
        return prompt;
    }

    public TextSetting negativePrompt() {
        return negativePrompt;
    }

    public ChoiceSetting<Checkpoint> model() {
        return model;
    }

    public SizeModel size() {
        return size;
    }

    public ChoiceSetting<Sampler> sampler() {
        return sampler;
    }

    public ChoiceSetting<ScheduleType> schedule() {
        return schedule;
    }

    public NumberSetting steps() {
        return steps;
    }

    public NumberSetting cfg() {
        return cfg;
    }

    public NumberSetting seed() {
        return seed;
    }

    public NumberSetting batchCount() {
        return batchCount;
    }

    public NumberSetting batchSize() {
        return batchSize;
    }

    public VariationModel variation() {
        return variation;
    }

    /** The picture to start from, and the mask. */
    public ReworkModel rework() {
        return rework;
    }

    public NetworksModel networks() {
        return networks;
    }

    public ControlModel control() {
        return control;
    }

    public HiresModel hires() {
        return hires;
    }

    /** The model that finishes. */
    public RefinerModel refiner() {
        return refiner;
    }

    public TuningModel tuning() {
        return tuning;
    }

    public AdvancedModel advanced() {
        return advanced;
    }

    public StyleModel styles() {
        return styles;
    }

    public PlotModel plot() {
        return plot;
    }

    /** The setting that kept {@link #request} from making one, to be shown and focused; null when none did. */
    public ReadOnlyObjectProperty<@Nullable Setting> wrongProperty() {
        return wrong.getReadOnlyProperty();
    }

    /** What kept it that is no single setting's fault. */
    public ReadOnlyObjectProperty<@Nullable Problem> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /** Everything that is remembered. */
    public List<Setting> settings() {
        List<Setting> all = new ArrayList<>(
                List.of(prompt, negativePrompt, model, sampler, schedule, steps, cfg, seed, batchCount, batchSize));
        all.add(styles.setting());
        all.addAll(size.settings());
        all.addAll(variation.settings());
        all.addAll(rework.settings());
        all.addAll(hires.settings());
        all.addAll(refiner.settings());
        all.addAll(tuning.settings());
        all.addAll(advanced.settings());
        return all;
    }

    /** The models that are installed; the first is the default. */
    public void setModels(ModelChoices models) {
        List<Checkpoint> checkpoints = models.checkpoints();
        model.setChoices(checkpoints, checkpoints.isEmpty() ? null : checkpoints.get(0));
        refiner.setModels(models);
        hires.setModels(models);
        Upscalers.set(rework.sdUpscale().upscaler(), models);
        advanced.setVaes(models.vaes());
        networks.set(models);
        control.setNetworks(models.of(NetworkKind.CONTROLNET));
        control.setPreprocessors(models.of(NetworkKind.PREPROCESSOR));
    }

    /** Picks a random seed at each start. */
    public void randomSeed() {
        seed.set(Double.NaN);
    }

    public void useSeed(long value) {
        SeedNumbers.set(seed, value);
    }

    /** Sets every control to what made a picture. Its prompts have their styles in them already. */
    public void use(GenerationRequest request) {
        form.use(request);
    }

    /** The request as the controls stand; none where a value is wrong, which is then said at that value. */
    public Optional<GenerationRequest> request() {
        wrong.set(null);
        trouble.set(null);
        Checkpoint checkpoint = model.get();
        if (checkpoint == null) {
            trouble.set(new Problem("problem.no-model"));
            return Optional.empty();
        }
        for (Setting setting : settings()) {
            Optional<Problem> problem = setting.check();
            if (problem.isPresent()) {
                refuse(setting, problem.get());
                return Optional.empty();
            }
        }
        Optional<Setting> uncontrolled =
                control.check(checkpoint, rework.sourceProperty().get() != null);
        if (uncontrolled.isPresent()) {
            wrong.set(uncontrolled.get());
            return Optional.empty();
        }
        try {
            return Optional.of(form.build(checkpoint));
        } catch (InvalidRequest e) {
            Problem problem = Problem.sentence(e.sentence());
            settings().stream()
                    .filter(setting -> setting.name().equals(e.field()))
                    .findFirst()
                    .ifPresentOrElse(setting -> refuse(setting, problem), () -> trouble.set(problem));
            return Optional.empty();
        }
    }

    /** The request as the controls stand, where they make one; nothing is said of what keeps them from it. */
    public Optional<GenerationRequest> draft() {
        Checkpoint checkpoint = model.get();
        if (checkpoint == null || settings().stream().anyMatch(s -> s.check().isPresent())) {
            return Optional.empty();
        }
        try {
            return Optional.of(form.build(checkpoint));
        } catch (InvalidRequest e) {
            return Optional.empty();
        }
    }

    /** Says what keeps the controls together from being a request. */
    public void refuse(InvalidRequest why) {
        trouble.set(Problem.sentence(why.sentence()));
    }

    private void refuse(Setting setting, Problem problem) {
        setting.problemProperty().set(problem);
        wrong.set(setting);
    }
}
