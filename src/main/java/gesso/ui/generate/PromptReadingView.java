package gesso.ui.generate;

import gesso.prompt.NamedNetwork;
import gesso.ui.common.Background;
import gesso.ui.common.Parts;
import gesso.ui.common.PromptReader;
import gesso.ui.common.PromptReader.Part;
import gesso.ui.common.PromptReader.PromptReading;
import gesso.ui.common.PromptReader.Run;
import gesso.ui.common.PromptReader.Stretch;
import gesso.ui.common.Words;
import java.util.List;
import java.util.Locale;
import javafx.animation.PauseTransition;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.util.Duration;

/** Shows what the prompt became: its parts, what they say at which step, the weights of its words, its chunks of tokens. */
public final class PromptReadingView extends VBox {
    /** Typing is waited for. */
    private static final Duration PAUSE = Duration.millis(200);

    private final Words words;

    /** Follows the controls. */
    public PromptReadingView(Words words, RecipeModel recipe, Background background, PromptReader reader) {
        this.words = words;
        setId("prompt-reading");
        getStyleClass().add("prompt-reading");
        PauseTransition pause = new PauseTransition(PAUSE);
        pause.setOnFinished(event ->
                recipe.draft().ifPresent(asked -> background.run(() -> reader.read(asked), this::show)));
        recipe.settings().forEach(setting -> setting.onChange(pause::playFromStart));
        words.languageProperty().addListener((property, old, now) -> pause.playFromStart());
        pause.playFromStart();
    }

    private void show(PromptReading reading) {
        getChildren().clear();
        for (Part part : reading.parts()) {
            if (reading.parts().size() > 1) {
                getChildren().add(quiet("reading.part", number(part.weight())));
            }
            for (Stretch stretch : part.stretches()) {
                if (part.stretches().size() > 1) {
                    getChildren().add(quiet("reading.steps", stretch.from(), stretch.until()));
                }
                for (int chunk = 0; chunk < stretch.chunks().size(); chunk++) {
                    if (stretch.chunks().size() > 1) {
                        getChildren().add(quiet("reading.chunk", chunk + 1));
                    }
                    getChildren().add(text(stretch.chunks().get(chunk)));
                }
            }
        }
        reading.networks().forEach(network -> getChildren().add(network(network)));
    }

    private Label network(NamedNetwork network) {
        if (network.isEmbedding()) {
            return quiet("reading.embedding", network.name(), network.vectors());
        }
        return network.found()
                ? quiet("reading.network", network.kind(), network.name(), network.strength())
                : quiet("reading.missing", network.kind(), network.name());
    }

    private static TextFlow text(List<Run> runs) {
        TextFlow flow = new TextFlow();
        StringBuilder spoken = new StringBuilder();
        for (Run run : runs) {
            boolean weighted = run.weight() != 1;
            Text text = new Text(weighted ? run.text().strip() : run.text());
            text.getStyleClass().add("reading-text");
            flow.getChildren().add(text);
            spoken.append(text.getText());
            if (weighted) {
                text.getStyleClass().add("reading-weighted");
                Text weight = new Text(" ×" + number(run.weight()) + " ");
                weight.getStyleClass().add("reading-weight");
                flow.getChildren().add(weight);
                spoken.append(weight.getText());
            }
        }
        flow.setAccessibleText(spoken.toString().strip());
        return flow;
    }

    private Label quiet(String key, Object... arguments) {
        Label label = Parts.quiet(null);
        label.setText(words.get(key, arguments));
        label.setWrapText(true);
        return label;
    }

    /** Two digits are what anybody writes. */
    private static String number(double weight) {
        return String.format(Locale.ROOT, "%.2f", weight);
    }
}
