package gesso.image.metadata;

import gesso.request.GenerationRequest;
import gesso.request.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns in a picture's parameters: "Turn 1 after: 8, Turn 1 CFG scale: 4, Turn 1 prompt: …". */
final class TurnText {
    private static final int MOST = 100;

    private TurnText() {}

    static void write(List<Turn> turns, InfotextSettings settings) {
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            String name = "Turn " + (i + 1);
            settings.put(name + " after", turn.after());
            if (turn.cfgScale() != null) {
                settings.put(name + " CFG scale", turn.cfgScale());
            }
            if (turn.prompt() != null) {
                settings.put(name + " prompt", turn.prompt());
            }
            if (turn.negativePrompt() != null) {
                settings.put(name + " negative prompt", turn.negativePrompt());
            }
        }
    }

    static GenerationRequest read(TakenSettings settings, GenerationRequest request) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 1; i <= MOST && settings.left().containsKey("Turn " + i + " after"); i++) {
            String name = "Turn " + i;
            String after = settings.take(name + " after", "");
            Optional<String> prompt = taken(settings, name + " prompt");
            Optional<String> negative = taken(settings, name + " negative prompt");
            Optional<String> cfg = taken(settings, name + " CFG scale");
            settings.attempt(
                    name,
                    after,
                    () -> turns.add(new Turn(
                            Integer.parseInt(after.strip()),
                            prompt.orElse(null),
                            negative.orElse(null),
                            cfg.map(Double::valueOf).orElse(null))));
        }
        return request.edit(e -> e.turns(turns));
    }

    private static Optional<String> taken(TakenSettings settings, String key) {
        return settings.left().containsKey(key) ? Optional.of(settings.take(key, "")) : Optional.empty();
    }
}
