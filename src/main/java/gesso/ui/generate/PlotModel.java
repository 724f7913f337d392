package gesso.ui.generate;

import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import gesso.request.plot.Plot;
import gesso.request.plot.PlotAxis;
import gesso.request.plot.PlotParameter;
import gesso.ui.common.ChoiceSetting;
import gesso.ui.common.Problem;
import gesso.ui.common.Setting;
import gesso.ui.common.TextSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The axes of an X/Y/Z plot. One is on as soon as an axis has a parameter; none is kept from one session to the next. */
public final class PlotModel {
    private final List<Axis> axes = List.of(new Axis("plot-x"), new Axis("plot-y"), new Axis("plot-z"));

    /** An axis: what changes along it, and through which values. */
    public static final class Axis {
        private final ChoiceSetting<Optional<PlotParameter>> parameter;
        private final TextSetting values;

        Axis(String name) {
            List<Optional<PlotParameter>> choices = new ArrayList<>();
            choices.add(Optional.empty());
            for (PlotParameter one : PlotParameter.values()) {
                choices.add(Optional.of(one));
            }
            parameter = new ChoiceSetting<>(
                    name,
                    choices,
                    Optional.empty(),
                    choice -> choice.map(Enum::name).orElse("NONE"));
            values = new TextSetting(name + "-values");
            parameter.onChange(this::check);
            values.onChange(this::check);
        }

        public ChoiceSetting<Optional<PlotParameter>> parameter() {
            return parameter;
        }

        public TextSetting values() {
            return values;
        }

        private void check() {
            values.problemProperty().set(null);
            if (!values.get().isBlank()) {
                read();
            }
        }

        /** The axis, or nothing, with the reason said at its values. */
        private Optional<PlotAxis> read() {
            Optional<PlotParameter> chosen = parameter.chosen();
            if (chosen.isEmpty()) {
                return Optional.empty();
            }
            if (values.get().isBlank()) {
                values.problemProperty().set(new Problem("plot.no-values"));
                return Optional.empty();
            }
            try {
                return Optional.of(PlotAxis.parse(chosen.get(), values.get()));
            } catch (InvalidRequest e) {
                values.problemProperty().set(Problem.sentence(e.sentence()));
                return Optional.empty();
            }
        }
    }

    public List<Axis> axes() {
        return axes;
    }

    List<Setting> settings() {
        List<Setting> all = new ArrayList<>();
        for (Axis axis : axes) {
            all.add(axis.parameter);
            all.add(axis.values);
        }
        return all;
    }

    public boolean isOn() {
        return axes.stream().anyMatch(axis -> axis.parameter.chosen().isPresent());
    }

    /** How many pictures the axes ask for; 0 while an axis is wrong, or none is on. */
    int cells() {
        int cells = isOn() ? 1 : 0;
        for (Axis axis : axes) {
            if (axis.parameter.chosen().isPresent()) {
                cells *= axis.values.get().isBlank()
                        ? 0
                        : axis.read().map(a -> a.values().size()).orElse(0);
            }
        }
        return cells;
    }

    /**
     * The plot over a request; nothing where an axis is wrong, which is then said there.
     *
     * @throws InvalidRequest where the axes together, or the request, are none that can be plotted
     */
    public Optional<Plot> plot(GenerationRequest base) {
        List<PlotAxis> read = new ArrayList<>();
        for (Axis axis : axes) {
            if (axis.parameter.chosen().isPresent()) {
                Optional<PlotAxis> one = axis.read();
                if (one.isEmpty()) {
                    return Optional.empty();
                }
                read.add(one.get());
            }
        }
        return Optional.of(new Plot(
                base, read.get(0), read.size() > 1 ? read.get(1) : null, read.size() > 2 ? read.get(2) : null));
    }
}
