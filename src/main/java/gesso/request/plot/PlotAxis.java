package gesso.request.plot;

import java.util.List;

/**
 * One axis of a plot.
 *
 * @param values as they are applied and as they label the grid
 */
public record PlotAxis(PlotParameter parameter, List<String> values) {
    public PlotAxis {
        values = List.copyOf(values);
    }

    /**
     * Reads an axis' values in A1111's syntax.
     *
     * @throws gesso.request.InvalidRequest where a value is not of the parameter's kind
     */
    public static PlotAxis parse(PlotParameter parameter, String values) {
        return new PlotAxis(parameter, parameter.values(values));
    }

    /** Reads {@code Steps=10-30 (+5)}. */
    public static PlotAxis parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new gesso.request.InvalidRequest(
                    "plot", "An axis is written like \"Steps=10-30 (+5)\", not \"%s\".".formatted(text));
        }
        return parse(PlotParameter.parse(text.substring(0, equals)), text.substring(equals + 1));
    }
}
