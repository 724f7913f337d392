package gesso.command;

import gesso.request.GenerationRequest;
import gesso.request.InvalidRequest;
import gesso.request.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Turns on a picture's way, as options. */
final class TurnOptions {
    private static final String FORM = "A turn is written like \"8;cfg=4;prompt=a red fox;negative=blue\": "
            + "the steps before it, then what changes.";

    @Option(
            names = "--turn",
            paramLabel = "STEPS;…",
            description =
                    "after so many steps go on otherwise: \"8;cfg=4;prompt=a red fox\"; may be given more than once")
    List<String> turns = List.of();

    GenerationRequest apply(GenerationRequest from) {
        if (turns.isEmpty()) {
            return from;
        }
        List<Turn> read = new ArrayList<>();
        for (String text : turns) {
            read.add(turn(text));
        }
        return from.edit(e -> e.turns(read));
    }

    private static Turn turn(String text) {
        String[] parts = text.split(";", -1);
        Map<String, String> changes = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equal = parts[i].indexOf('=');
            String name = equal < 0 ? "" : parts[i].substring(0, equal).strip();
            if (!List.of("cfg", "prompt", "negative").contains(name)) {
                throw new InvalidRequest("turn", FORM);
            }
            changes.put(name, parts[i].substring(equal + 1).strip());
        }
        try {
            return new Turn(
                    Integer.parseInt(parts[0].strip()),
                    changes.get("prompt"),
                    changes.get("negative"),
                    number(changes.get("cfg")));
        } catch (NumberFormatException e) {
            throw new InvalidRequest("turn", FORM);
        }
    }

    private static @Nullable Double number(@Nullable String text) {
        return text == null ? null : Double.valueOf(text);
    }
}
