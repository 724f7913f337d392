package gesso.ui.control;

import gesso.image.control.ControlSize;
import gesso.image.control.Preprocessor;
import gesso.request.ControlMode;
import gesso.request.ControlUnit;
import gesso.request.InvalidRequest;
import gesso.request.Labelled;
import gesso.request.Picture;
import gesso.request.Preprocessing;
import gesso.request.ResizeMode;
import gesso.request.Size;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.ModelChoices.Network;
import gesso.ui.common.NumberSetting;
import gesso.ui.common.Problem;
import gesso.ui.common.Setting;
import gesso.ui.common.SourcePicture;
import gesso.ui.common.ToggleSetting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** One ControlNet, its picture, and what is drawn from it. */
public final class ControlUnitModel {
    private final int number;
    private final ToggleSetting on;
    private final ObjectProperty<@Nullable SourcePicture> picture = new SimpleObjectProperty<>(this, "picture");
    private final ChoiceSetting<Network> network;
    private final ChoiceSetting<Labelled> preprocessor;
    private final Map<Preprocessor, Thresholds> thresholds = new EnumMap<>(Preprocessor.class);
    private final NumberSetting resolution;
    private final ToggleSetting pixelPerfect;
    private final NumberSetting weight;
    private final NumberSetting start;
    private final NumberSetting end;
    private final ChoiceSetting<ResizeMode> resizeMode;
    private final ChoiceSetting<ControlMode> mode;
    private @Nullable ControlUnit used;

    /** @param number tells its settings from those of the other units */
    ControlUnitModel(int number) {
        this.number = number;
        on = new ToggleSetting(name("control-on"), true);
        network = new ChoiceSetting<>(
                name("control-model"), List.of(), null, n -> n.file().toString());
        preprocessor = new ChoiceSetting<>(
                name("preprocessor"), List.of(Preprocessor.values()), Preprocessor.NONE, Labelled::label);
        for (Preprocessor one : Preprocessor.values()) {
            thresholds.put(one, Thresholds.of(one, name("")));
        }
        resolution = NumberSetting.whole(name("control-resolution"), 64, 2048, 8, Preprocessing.DEFAULT_RESOLUTION);
        pixelPerfect = new ToggleSetting(name("pixel-perfect"), false);
        weight = NumberSetting.decimal(name("control-weight"), 0, 2, 0.05, 2, 1);
        start = NumberSetting.decimal(name("control-start"), 0, 1, 0.01, 2, 0);
        end = NumberSetting.decimal(name("control-end"), 0, 1, 0.01, 2, 1);
        List<ResizeMode> modes =
                List.of(ResizeMode.JUST_RESIZE, ResizeMode.CROP_AND_RESIZE, ResizeMode.RESIZE_AND_FILL);
        resizeMode = new ChoiceSetting<>(name("control-resize"), modes, ResizeMode.CROP_AND_RESIZE, Enum::name);
        mode = ChoiceSetting.of(name("control-mode"), ControlMode.BALANCED);
    }

    private String name(String setting) {
        return setting + "-" + number;
    }

    public ToggleSetting on() {
        return on;
    }

    /** What the control image is drawn from; null: the picture that is reworked. */
    public ObjectProperty<@Nullable SourcePicture> pictureProperty() {
        return picture;
    }

    public ChoiceSetting<Network> network() {
        return network;
    }

    public ChoiceSetting<Labelled> preprocessor() {
        return preprocessor;
    }

    /** Those of the preprocessor that is chosen. */
    Thresholds thresholds() {
        return preprocessor.get() instanceof Preprocessor rule
                ? Objects.requireNonNull(thresholds.get(rule))
                : Thresholds.NONE;
    }

    private List<NumberSetting> thresholdNumbers(Thresholds of) {
        return Stream.of(Optional.ofNullable(of.first()), Optional.ofNullable(of.second()))
                .flatMap(Optional::stream)
                .map(Thresholds.Threshold::number)
                .toList();
    }

    public NumberSetting resolution() {
        return resolution;
    }

    public ToggleSetting pixelPerfect() {
        return pixelPerfect;
    }

    public NumberSetting weight() {
        return weight;
    }

    public NumberSetting start() {
        return start;
    }

    public NumberSetting end() {
        return end;
    }

    public ChoiceSetting<ResizeMode> resizeMode() {
        return resizeMode;
    }

    public ChoiceSetting<ControlMode> mode() {
        return mode;
    }

    /** All, those of preprocessors that are not chosen included. */
    List<Setting> settings() {
        List<Setting> all = new ArrayList<>(
                List.of(network, preprocessor, resolution, pixelPerfect, weight, start, end, resizeMode, mode));
        thresholds.values().forEach(t -> all.addAll(thresholdNumbers(t)));
        return all;
    }

    /** Those that count now. */
    private List<Setting> asked() {
        List<Setting> all = new ArrayList<>(List.of(resolution, weight, start, end));
        all.addAll(thresholdNumbers(thresholds()));
        return all;
    }

    /** Those that are installed, the ones that fit first; a model that was picked stays. */
    void setNetworks(List<Network> networks) {
        network.setChoices(networks, networks.isEmpty() ? null : networks.get(0));
    }

    /** What draws control images: by rule, and those that are networks. */
    void setPreprocessors(List<String> networks) {
        List<Labelled> all = new ArrayList<>(List.of(Preprocessor.values()));
        networks.forEach(label -> all.add(new Learned(label)));
        preprocessor.setChoices(all, Preprocessor.NONE);
    }

    /** One that is a network. */
    private record Learned(String label) implements Labelled {}

    /** Picks the model, and what is drawn for it, by the name of one. */
    void guessPreprocessor() {
        Network chosen = network.get();
        String name = chosen == null ? "" : chosen.name().toLowerCase(Locale.ROOT);
        if (name.contains("canny")) {
            preprocessor.set(Preprocessor.CANNY);
        } else if (name.contains("lineart")) {
            preprocessor.set(Preprocessor.LINEART);
        } else if (name.contains("scribble")) {
            preprocessor.set(Preprocessor.SCRIBBLE);
        } else if (name.contains("tile")) {
            preprocessor.set(Preprocessor.TILE);
        } else if (name.contains("inpaint")) {
            preprocessor.set(Preprocessor.INPAINT);
        } else {
            learned(name).ifPresent(preprocessor::set);
        }
    }

    /** depth_midas for a model with "depth" in its name; soft edges are drawn by rule where there is no network. */
    private Optional<Labelled> learned(String model) {
        Optional<Labelled> network = preprocessor.choices().stream()
                .filter(p -> p instanceof Learned && model.contains(p.label().split("_", 2)[0]))
                .findFirst();
        return network.isEmpty() && model.contains("softedge") ? Optional.of(Preprocessor.GRADIENT) : network;
    }

    /** What is wrong with it, said at its control. */
    Optional<Setting> check(@Nullable Checkpoint checkpoint, boolean reworking) {
        Network chosen = network.get();
        if (chosen == null) {
            return refused(network, new Problem("control.none"));
        }
        if (checkpoint != null && !chosen.fits(checkpoint)) {
            return refused(network, new Problem("control.unfit", chosen.family(), checkpoint.family()));
        }
        if (picture.get() == null && !reworking) {
            return refused(network, new Problem("control.no-picture"));
        }
        for (Setting setting : asked()) {
            Optional<Problem> problem = setting.check();
            if (problem.isPresent()) {
                return refused(setting, problem.get());
            }
        }
        if (start.value() > end.value()) {
            return refused(end, new Problem("control.ends-early"));
        }
        return Optional.empty();
    }

    private static Optional<Setting> refused(Setting setting, Problem problem) {
        setting.problemProperty().set(problem);
        return Optional.of(setting);
    }

    /**
     * The unit as the controls stand.
     *
     * @throws InvalidRequest where it has no model
     */
    ControlUnit unit() {
        Network chosen = network.get();
        if (chosen == null) {
            throw new InvalidRequest(network.name(), "A ControlNet needs a model; choose one.");
        }
        SourcePicture own = picture.get();
        return new ControlUnit(
                chosen.file(),
                own == null ? null : own.picture(),
                preprocessing(),
                weight.value(),
                start.value(),
                end.value(),
                resizeMode.chosen(),
                mode.chosen(),
                used == null ? null : used.mask(),
                used == null ? null : used.weightMap());
    }

    private Preprocessing preprocessing() {
        return new Preprocessing(
                preprocessor.chosen().label(),
                resolution.whole(),
                Thresholds.value(thresholds().first()),
                Thresholds.value(thresholds().second()),
                pixelPerfect.isOn());
    }

    /** What the network will see of a picture; null while a value is wrong, and where only a network can draw it. */
    @Nullable
    Drawing drawing(Picture of, Size output) {
        if (!(preprocessor.get() instanceof Preprocessor rule)
                || asked().stream().anyMatch(s -> s.check().isPresent())) {
            return null;
        }
        int side = pixelPerfect.isOn()
                ? ControlSize.pixelPerfect(of.size(), output, resizeMode.chosen())
                : resolution.whole();
        Double first = Thresholds.value(thresholds().first());
        Double second = Thresholds.value(thresholds().second());
        return new Drawing(of, rule, side, first == null ? 0 : first, second == null ? 0 : second);
    }

    /** What is drawn, and from what. */
    record Drawing(Picture picture, Preprocessor preprocessor, int resolution, double first, double second) {
        /** Draws it: not on the FX thread. */
        Picture draw() {
            return preprocessor.apply(picture, resolution, first, second);
        }
    }

    void use(ControlUnit unit) {
        used = unit;
        picture.set(unit.picture() == null ? null : SourcePicture.of(unit.picture()));
        useNetwork(unit);
        Preprocessing drawn = unit.preprocessing();
        preprocessor.choices().stream()
                .filter(p -> p.label().equals(drawn.name()))
                .findFirst()
                .ifPresent(preprocessor::set);
        Thresholds.use(thresholds().first(), drawn.first());
        Thresholds.use(thresholds().second(), drawn.second());
        resolution.set(drawn.resolution());
        pixelPerfect.set(drawn.pixelPerfect());
        weight.set(unit.weight());
        start.set(unit.start());
        end.set(unit.end());
        resizeMode.set(unit.resizeMode());
        mode.set(unit.mode());
    }

    /** One that is not in the list, because its folder is not looked into, is still what was asked for. */
    private void useNetwork(ControlUnit unit) {
        Network known = network.choices().stream()
                .filter(n -> n.file().equals(unit.model()))
                .findFirst()
                .orElse(null);
        if (known == null) {
            known = new Network(String.valueOf(unit.model().getFileName()), unit.model(), "");
            List<Network> more = new ArrayList<>(network.choices());
            more.add(known);
            network.setChoices(more, more.get(0));
        }
        network.set(known);
    }
}
