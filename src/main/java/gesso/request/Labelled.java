package gesso.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A choice with the name that artists know it by; that name is what files, infotext and the command line use. */
public interface Labelled {
    String label();

    /** The value with that label, whatever the case. @throws InvalidRequest naming all the labels */
    static <E extends Enum<E> & Labelled> E parse(Class<E> type, String field, String what, String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        for (E value : type.getEnumConstants()) {
            if (value.label().toLowerCase(Locale.ROOT).equals(wanted)) {
                return value;
            }
        }
        String all = Arrays.stream(type.getEnumConstants()).map(Labelled::label).collect(Collectors.joining(", "));
        throw new InvalidRequest(field, "There is no %s \"%s\"; there are: %s.".formatted(what, text, all));
    }
}
