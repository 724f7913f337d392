package gesso.ui.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.util.Duration;

/** Keeps the values that are not the default, so that the next session begins where this one ended. */
public final class Memory {
    private static final Duration CALM = Duration.millis(500);

    private final Map<String, String> remembered;
    private final Consumer<Map<String, String>> save;
    private final List<Setting> kept = new ArrayList<>();
    private final PauseTransition soon = new PauseTransition(CALM);

    /** @param save is given all values together, a moment after one has changed */
    public Memory(Map<String, String> remembered, Consumer<Map<String, String>> save) {
        this.remembered = Map.copyOf(remembered);
        this.save = save;
        soon.setOnFinished(event -> saveNow());
    }

    /** Gives a setting the value it had, and keeps the one it will have. */
    public <S extends Setting> S keep(S setting) {
        String value = remembered.get(setting.name());
        if (value != null) {
            setting.read(value);
        }
        kept.add(setting);
        setting.onChange(soon::playFromStart);
        return setting;
    }

    /** Saves at once, as at the end of a session. */
    public void saveNow() {
        soon.stop();
        Map<String, String> values = new TreeMap<>();
        for (Setting setting : kept) {
            if (setting.changedProperty().get()) {
                values.put(setting.name(), setting.write());
            }
        }
        save.accept(values);
    }
}
