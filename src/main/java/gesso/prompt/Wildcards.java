package gesso.prompt;

import java.util.List;

/** The lists that {@code __name__} in a prompt draws from. */
@FunctionalInterface
public interface Wildcards {
    Wildcards NONE = name -> List.of();

    /**
     * The lines of a list.
     *
     * @param name may have folders ({@code colours/warm}) and {@code *} for any part of a name
     * @return in an order that does not change while the lists do not; empty: there is no such list
     */
    List<String> lines(String name);
}
