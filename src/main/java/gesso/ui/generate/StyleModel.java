package gesso.ui.generate;

import gesso.prompt.Styles;
import gesso.ui.common.TextSetting;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The styles that are put to the prompts when a picture is asked for, in the order in which they were chosen. */
public final class StyleModel {
    /** Names may have any letter but this one. */
    private static final String BETWEEN = "\n";

    private final TextSetting chosen = new TextSetting("styles");
    private final ObservableList<String> names = FXCollections.observableArrayList();
    private final ObservableList<String> namesForReading = FXCollections.unmodifiableObservableList(names);
    private Styles styles = new Styles(List.of());

    /** The names that there are. */
    public ObservableList<String> names() {
        return namesForReading;
    }

    /** Remembers the names that are chosen. */
    TextSetting setting() {
        return chosen;
    }

    public void set(Styles found) {
        styles = found;
        names.setAll(found.all().stream().map(Styles.Style::name).toList());
    }

    /** Those that are chosen and still there. */
    public List<String> chosen() {
        return chosen.get().lines().filter(names::contains).toList();
    }

    public void choose(String name, boolean on) {
        List<String> now = new ArrayList<>(chosen());
        now.remove(name);
        if (on) {
            now.add(name);
        }
        chosen.set(String.join(BETWEEN, now));
    }

    Styles.Prompts apply(String prompt, String negativePrompt) {
        return styles.apply(prompt, negativePrompt, chosen());
    }
}
