package gesso.request;

/** A value that cannot be used. {@code field} names the control it came from, the message is one sentence for the user. */
public final class InvalidRequest extends BadInput {
    private final String field;

    public InvalidRequest(String field, String sentence) {
        super(sentence);
        this.field = field;
    }

    public String field() {
        return field;
    }

    /** @throws InvalidRequest unless {@code low ≤ value ≤ high} (NaN is never inside) */
    static void range(String field, String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new InvalidRequest(
                    field,
                    "%s must be between %s and %s, not %s.".formatted(name, plain(low), plain(high), plain(value)));
        }
    }

    /** A number as a person writes it: {@code 7}, {@code 7.5}. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
