package gesso.ui.control;

import gesso.request.ControlUnit;
import gesso.ui.common.ModelChoices.Checkpoint;
import gesso.ui.common.ModelChoices.Network;
import gesso.ui.common.Setting;
import gesso.ui.common.SourcePicture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The ControlNet units; they add up. */
public final class ControlModel {
    private final ObservableList<ControlUnitModel> units = FXCollections.observableArrayList(
            unit -> new javafx.beans.Observable[] {unit.on().onProperty()});
    private final ObservableList<ControlUnitModel> unitsForReading = FXCollections.unmodifiableObservableList(units);
    private List<Network> networks = List.of();
    private List<String> preprocessors = List.of();
    private @Nullable Checkpoint checkpoint;
    private int made;

    /** Told of, too, when one is switched on or off. */
    public ObservableList<ControlUnitModel> units() {
        return unitsForReading;
    }

    /** Those that are installed. */
    public void setNetworks(List<Network> installed) {
        networks = installed;
        order();
    }

    /** Those that are networks, beside the ones that draw by rule. */
    public void setPreprocessors(List<Network> installed) {
        preprocessors = installed.stream().map(Network::name).toList();
        units.forEach(unit -> unit.setPreprocessors(preprocessors));
    }

    /** The model that is guided: the ControlNets that fit it come first. */
    public void setCheckpoint(@Nullable Checkpoint chosen) {
        checkpoint = chosen;
        order();
    }

    private void order() {
        units.forEach(unit -> unit.setNetworks(ordered()));
    }

    private List<Network> ordered() {
        Checkpoint guided = checkpoint;
        return guided == null
                ? networks
                : networks.stream()
                        .sorted(Comparator.comparing((Network n) -> !n.fits(guided)))
                        .toList();
    }

    /** Whether the network works with the model that is chosen, as far as both say what they are. */
    boolean fits(Network network) {
        return checkpoint == null || network.fits(checkpoint);
    }

    /** One more. Without a picture of its own it follows the one that is reworked. */
    public ControlUnitModel add(@Nullable SourcePicture picture) {
        ControlUnitModel unit = unit();
        unit.pictureProperty().set(picture);
        unit.guessPreprocessor();
        units.add(unit);
        return unit;
    }

    private ControlUnitModel unit() {
        ControlUnitModel unit = new ControlUnitModel(++made);
        unit.setNetworks(ordered());
        unit.setPreprocessors(preprocessors);
        return unit;
    }

    public void remove(ControlUnitModel unit) {
        units.remove(unit);
    }

    /** How many are switched on. */
    public int active() {
        return (int) units.stream().filter(unit -> unit.on().isOn()).count();
    }

    /** The first control whose value is wrong, with the reason said there. */
    public Optional<Setting> check(@Nullable Checkpoint chosen, boolean reworking) {
        return units.stream()
                .filter(unit -> unit.on().isOn())
                .flatMap(unit -> unit.check(chosen, reworking).stream())
                .findFirst();
    }

    /** Those that are switched on. */
    public List<ControlUnit> controls() {
        return units.stream()
                .filter(unit -> unit.on().isOn())
                .map(ControlUnitModel::unit)
                .toList();
    }

    /** As many units as made a picture, set to what they were. */
    public void use(List<ControlUnit> controls) {
        List<ControlUnitModel> used = new ArrayList<>();
        for (ControlUnit control : controls) {
            ControlUnitModel unit = unit();
            unit.use(control);
            used.add(unit);
        }
        units.setAll(used);
    }
}
