package gesso.ui.interrogate;

import gesso.request.PromptWord;
import gesso.request.ScoredWord;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/** A word that was found: whether it is to enter the prompt, and with which weight. */
public final class Chip {
    private static final double STEP = 0.05;

    private final ScoredWord word;
    private final BooleanProperty on = new SimpleBooleanProperty(this, "on", true);
    private final ReadOnlyDoubleWrapper weight = new ReadOnlyDoubleWrapper(this, "weight", 1);

    Chip(ScoredWord word) {
        this.word = word;
    }

    public ScoredWord word() {
        return word;
    }

    public BooleanProperty onProperty() {
        return on;
    }

    public ReadOnlyDoubleProperty weightProperty() {
        return weight.getReadOnlyProperty();
    }

    /** So many steps heavier, or lighter; within what a prompt may say. */
    public void weigh(int steps) {
        double wanted = Math.round((weight.get() + steps * STEP) / STEP) * STEP;
        weight.set(Math.max(PromptWord.LEAST_WEIGHT, Math.min(PromptWord.MOST_WEIGHT, wanted)));
    }

    PromptWord inPrompt() {
        return PromptWord.of(word).withWeight(weight.get());
    }
}
