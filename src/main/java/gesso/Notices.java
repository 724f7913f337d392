package gesso;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Sentences for the user that concern no single job. Whoever listens hears those, too, that were said before. */
final class Notices {
    private static final System.Logger LOG = System.getLogger(Notices.class.getName());

    private final List<String> said = new ArrayList<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();

    synchronized void say(String sentence) {
        LOG.log(System.Logger.Level.INFO, sentence);
        said.add(sentence);
        listeners.forEach(listener -> listener.accept(sentence));
    }

    synchronized void tell(Consumer<String> listener) {
        said.forEach(listener);
        listeners.add(listener);
    }
}
