package gesso.ui.common;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * A number, kept as the text that was typed, so that a wrong one stays in sight until it is corrected. Empty text means
 * "automatic" where the setting allows it.
 */
public final class NumberSetting extends Setting {
    private final double low;
    private final double high;
    private final double step;
    private final int decimals;
    private final boolean optional;
    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final ReadOnlyDoubleWrapper value = new ReadOnlyDoubleWrapper(this, "value", Double.NaN);
    private double defaultValue;

    private NumberSetting(
            String name, double low, double high, double step, int decimals, double defaultValue, boolean optional) {
        super(name);
        this.low = low;
        this.high = high;
        this.step = step;
        this.decimals = decimals;
        this.optional = optional;
        this.defaultValue = defaultValue;
        text.addListener((property, old, now) -> textChanged());
        reset();
        textChanged();
    }

    /** A whole number from {@code low} to {@code high}; the slider and the arrow keys go by {@code step}. */
    public static NumberSetting whole(String name, double low, double high, double step, double defaultValue) {
        return new NumberSetting(name, low, high, step, 0, defaultValue, false);
    }

    /** A number shown with so many decimals; more may be typed. */
    public static NumberSetting decimal(
            String name, double low, double high, double step, int decimals, double defaultValue) {
        return new NumberSetting(name, low, high, step, decimals, defaultValue, false);
    }

    /** A number that may be left to the program, which is its default. */
    public static NumberSetting optional(String name, double low, double high, double step, int decimals) {
        return new NumberSetting(name, low, high, step, decimals, Double.NaN, true);
    }

    public StringProperty textProperty() {
        return text;
    }

    /** The number; NaN where the text is none, or empty. */
    public ReadOnlyDoubleProperty valueProperty() {
        return value.getReadOnlyProperty();
    }

    public double value() {
        return value.get();
    }

    /** The number, or what to take where it is left to the program. */
    public double valueOr(double automatic) {
        return Double.isNaN(value()) ? automatic : value();
    }

    /** The whole number that {@link #check} has found to be one. */
    public int whole() {
        return (int) value();
    }

    public void set(double number) {
        text.set(format(number));
    }

    /** Goes so many steps up or down, and stops at the ends of the range. */
    public void stepBy(int steps) {
        double from = Double.isNaN(value()) ? (Double.isNaN(defaultValue) ? low : defaultValue) : value();
        set(Math.max(low, Math.min(high, snapped(from + steps * step))));
    }

    /** The nearest value that the slider may stand at. */
    public double snapped(double number) {
        return low + Math.round((number - low) / step) * step;
    }

    /** Another default; a value that was at the old one follows it. */
    public void setDefault(double number) {
        boolean follows = !changedProperty().get();
        defaultValue = number;
        if (follows) {
            reset();
        }
        textChanged();
    }

    /** Writes the number as the setting writes numbers, once the typing is over. */
    public void tidy() {
        if (!Double.isNaN(value())) {
            set(value());
        }
    }

    @Override
    public void reset() {
        set(defaultValue);
    }

    @Override
    public String write() {
        return text.get();
    }

    @Override
    public void read(String written) {
        text.set(written);
    }

    @Override
    public Optional<Problem> check() {
        if (isAutomatic()) {
            return Optional.empty();
        }
        if (Double.isNaN(value())) {
            return Optional.of(new Problem("problem.number", text.get()));
        }
        if (value() < low || value() > high) {
            return Optional.of(new Problem("problem.range", format(low), format(high)));
        }
        if (decimals == 0 && value() != Math.rint(value())) {
            return Optional.of(new Problem("problem.whole", text.get()));
        }
        return Optional.empty();
    }

    public double low() {
        return low;
    }

    public double high() {
        return high;
    }

    public double step() {
        return step;
    }

    public double defaultValue() {
        return defaultValue;
    }

    private boolean isAutomatic() {
        return optional && text.get().isBlank();
    }

    private void textChanged() {
        double number = parse(text.get());
        value.set(number);
        valueChanged(isAutomatic() ? !Double.isNaN(defaultValue) : Double.compare(number, defaultValue) != 0);
    }

    private static double parse(String typed) {
        try {
            double number = Double.parseDouble(typed.strip().replace(',', '.'));
            return Double.isInfinite(number) ? Double.NaN : number;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private String format(double number) {
        if (Double.isNaN(number)) {
            return "";
        }
        BigDecimal exact =
                new BigDecimal(number).setScale(6, RoundingMode.HALF_UP).stripTrailingZeros();
        return exact.setScale(Math.max(decimals, exact.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }
}
