package gesso.ui;

import gesso.request.GenerationRequest;
import gesso.request.SeedSettings;
import gesso.request.Turn;
import gesso.ui.generate.RecipeModel;
import gesso.ui.queue.JobCard;
import gesso.ui.queue.Progress;
import gesso.ui.queue.QueueModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ChangeListener;
import org.jspecify.annotations.Nullable;

/** The picture that forms goes on with the words and the guidance that the recipe has now. On the FX thread. */
final class Steering {
    private final RecipeModel recipe;
    private final QueueModel queue;
    private final Predicate<JobCard> bound;
    private final ReadOnlyBooleanWrapper possible = new ReadOnlyBooleanWrapper(this, "possible");

    /** @param bound whether a job is part of something that may not change on the way: a plot */
    Steering(RecipeModel recipe, QueueModel queue, Predicate<JobCard> bound) {
        this.recipe = recipe;
        this.queue = queue;
        this.bound = bound;
        ChangeListener<Progress> goesOn = (property, old, now) -> look();
        queue.runningProperty().addListener((property, old, now) -> {
            if (old != null) {
                old.progressProperty().removeListener(goesOn);
            }
            if (now != null) {
                now.progressProperty().addListener(goesOn);
            }
            look();
        });
        recipe.prompt().onChange(this::look);
        recipe.negativePrompt().onChange(this::look);
        recipe.cfg().onChange(this::look);
    }

    /** Whether a picture forms that was asked for in other words, or with another CFG scale, than the recipe has. */
    ReadOnlyBooleanProperty possibleProperty() {
        return possible.getReadOnlyProperty();
    }

    /** Goes on so from the step after the one that is done. */
    void apply() {
        JobCard card = queue.runningProperty().get();
        Optional<GenerationRequest> turned = turned();
        if (card != null && turned.isPresent()) {
            queue.replace(card, turned.get());
        }
    }

    private void look() {
        possible.set(turned().isPresent());
    }

    private Optional<GenerationRequest> turned() {
        JobCard card = queue.runningProperty().get();
        GenerationRequest forming = card == null ? null : card.generation();
        if (card == null
                || forming == null
                || card.progress().phase() != Progress.Phase.STEPPING
                || card.progress().step() >= card.progress().steps()
                || forming.seeds().seed() == SeedSettings.RANDOM // it would be another picture
                || bound.test(card)) {
            return Optional.empty();
        }
        int step = card.progress().step();
        return recipe.draft().flatMap(now -> turned(forming, now, step));
    }

    /**
     * A picture's request with a turn to what is wanted now; turns that were to come later are given up. Empty where nothing
     * would be different.
     *
     * @param after steps that stay as they are
     */
    static Optional<GenerationRequest> turned(GenerationRequest from, GenerationRequest now, int after) {
        List<Turn> turns = new ArrayList<>(
                from.turns().stream().filter(turn -> turn.after() < after).toList());
        String prompt = from.prompt();
        String negative = from.negativePrompt();
        double cfg = from.sampling().cfgScale();
        for (Turn turn : turns) {
            prompt = Objects.requireNonNullElse(turn.prompt(), prompt);
            negative = Objects.requireNonNullElse(turn.negativePrompt(), negative);
            cfg = Objects.requireNonNullElse(turn.cfgScale(), cfg);
        }
        @Nullable String newPrompt = now.prompt().equals(prompt) ? null : now.prompt();
        @Nullable String newNegative = now.negativePrompt().equals(negative) ? null : now.negativePrompt();
        double nowCfg = now.sampling().cfgScale();
        @Nullable Double newCfg = Double.compare(nowCfg, cfg) == 0 ? null : Double.valueOf(nowCfg);
        if (newPrompt == null && newNegative == null && newCfg == null) {
            return Optional.empty();
        }
        turns.add(new Turn(after, newPrompt, newNegative, newCfg));
        return Optional.of(from.edit(edit -> edit.turns(turns)));
    }
}
