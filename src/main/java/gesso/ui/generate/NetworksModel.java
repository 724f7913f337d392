package gesso.ui.generate;

import gesso.library.NetworkKind;
import gesso.ui.common.ModelChoices;
import gesso.ui.common.ModelChoices.Network;
import gesso.ui.common.TextSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The LoRAs and embeddings that are installed, and which of them the prompt names. */
public final class NetworksModel {
    private final TextSetting prompt;
    private final ObservableList<Entry> entries = FXCollections.observableArrayList();
    private final ObservableList<Entry> entriesForReading = FXCollections.unmodifiableObservableList(entries);

    /** One that a prompt can name. */
    public record Entry(NetworkKind kind, Network network) {
        /** What names it in a prompt. */
        String tag() {
            return kind == NetworkKind.LORA ? "<lora:" + network.name() + ":1>" : network.name();
        }

        private Pattern inPrompt() {
            String name = Pattern.quote(network.name());
            return Pattern.compile(
                    kind == NetworkKind.LORA
                            ? ",?\\s*<(?:lora|lyco):" + name + "(?::[^>]*)?>"
                            : ",?\\s*(?<![\\w-])" + name + "(?![\\w-])");
        }
    }

    NetworksModel(TextSetting prompt) {
        this.prompt = prompt;
    }

    void set(ModelChoices models) {
        List<Entry> all = new ArrayList<>();
        for (NetworkKind kind : List.of(NetworkKind.LORA, NetworkKind.EMBEDDING)) {
            models.of(kind).forEach(network -> all.add(new Entry(kind, network)));
        }
        entries.setAll(all);
    }

    public ObservableList<Entry> entries() {
        return entriesForReading;
    }

    /** Those with the words in their names, in any order. */
    List<Entry> found(String search) {
        List<String> words = List.of(search.toLowerCase(Locale.ROOT).strip().split("\\s+"));
        return entries.stream()
                .filter(e -> words.stream().allMatch(e.network().name().toLowerCase(Locale.ROOT)::contains))
                .toList();
    }

    /** Whether the prompt names it. */
    boolean isUsed(Entry entry) {
        return entry.inPrompt().matcher(prompt.get()).find();
    }

    /** Puts one behind the prompt, unless it is named there already. */
    public void add(NetworkKind kind, String name) {
        Entry entry = new Entry(kind, new Network(name, Path.of(name), ""));
        if (!isUsed(entry)) {
            toggle(entry);
        }
    }

    /** Puts it behind the prompt; takes it out where it is named already. */
    public void toggle(Entry entry) {
        String now = prompt.get();
        if (isUsed(entry)) {
            prompt.set(entry.inPrompt().matcher(now).replaceAll("").strip());
        } else {
            String between = entry.kind() == NetworkKind.LORA ? " " : ", ";
            prompt.set(now.isBlank() ? entry.tag() : now.stripTrailing() + between + entry.tag());
        }
    }
}
