package gesso.command;

import gesso.library.Json;
import gesso.prompt.Fragment;
import gesso.prompt.Fragments;
import gesso.prompt.NamedNetwork;
import gesso.prompt.PromptPlan;
import gesso.request.BadInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gesso prompt}: what a prompt becomes, part by part, step by step, with the weights of its words. */
@Command(
        name = "prompt",
        description = "What a prompt becomes: its parts, what they say at which step, and the weights of their words.",
        mixinStandardHelpOptions = true)
final class PromptCommand implements Callable<Integer> {
    private static final String STDIN = "-";

    @Parameters(index = "0", arity = "0..1", paramLabel = "TEXT", description = "a prompt, in quotes")
    @Nullable
    String text;

    @Option(names = "--steps", paramLabel = "N", description = "the sampling steps it is spread over (20)")
    int steps = 20;

    @Option(
            names = "--batch",
            paramLabel = "FILE",
            description =
                    "read lines of {\"text\":…,\"steps\":…} (-: from standard input), answer each with a line of JSON")
    @Nullable
    String batch;

    @Option(names = "--json", description = "print it as JSON, on one line")
    boolean json;

    private final Workshop workshop;
    private final Terminal terminal;
    private final InputStream in;

    PromptCommand(Workshop workshop, Terminal terminal, InputStream in) {
        this.workshop = workshop;
        this.terminal = terminal;
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        if (batch != null) {
            batch(batch);
        } else if (text == null) {
            throw new BadInput("prompt needs a text: gesso prompt \"a [cat:dog:0.4]\".");
        } else if (json) {
            terminal.print(Json.line(answer(text, steps)));
        } else {
            tell(plan(text, steps));
            workshop.networks(text).forEach(network -> terminal.print(line(network)));
        }
        return ExitCode.DONE;
    }

    private void batch(String source) throws IOException {
        try (BufferedReader lines = source.equals(STDIN)
                ? new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(source))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    terminal.print(Json.line(answerLine(line, number)));
                }
            }
        } catch (NoSuchFileException e) {
            throw new BadInput("There is no file %s.".formatted(source), e);
        }
    }

    private Map<String, Object> answerLine(String line, int number) {
        Map<String, @Nullable Object> asked = Json.readObject(line);
        if (!(asked.get("text") instanceof String prompt)) {
            throw new BadInput("Line %d has no \"text\".".formatted(number));
        }
        Object given = asked.getOrDefault("steps", steps);
        if (!(given instanceof Integer count)) {
            throw new BadInput("\"steps\" in line %d is no whole number.".formatted(number));
        }
        return answer(prompt, count);
    }

    private static PromptPlan plan(String prompt, int steps) {
        if (steps < 1) {
            throw new BadInput("A prompt is spread over 1 step or more, not %d.".formatted(steps));
        }
        return PromptPlan.of(prompt, steps);
    }

    private Map<String, Object> answer(String prompt, int steps) {
        List<Object> parts = new ArrayList<>();
        for (PromptPlan.Part part : plan(prompt, steps).parts()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("weight", part.weight());
            all.put(
                    "schedule",
                    part.schedule().stream().map(PromptCommand::stretch).toList());
            parts.add(all);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("parts", parts);
        List<NamedNetwork> networks = workshop.networks(prompt);
        if (!networks.isEmpty()) {
            answer.put("networks", networks);
        }
        return answer;
    }

    private static String line(NamedNetwork network) {
        if (network.isEmbedding()) {
            return "embedding %s, %d %s"
                    .formatted(network.name(), network.vectors(), network.vectors() == 1 ? "vector" : "vectors");
        }
        return "%s %s, strength %s%s"
                .formatted(
                        network.kind(),
                        network.name(),
                        network.strength(),
                        network.found() ? "" : ": there is none of that name");
    }

    private static Object stretch(PromptPlan.Stretch stretch) {
        List<Object> emphasis = new ArrayList<>();
        for (Fragment fragment : Fragments.parse(stretch.text())) {
            emphasis.add(fragment.isBreak() ? List.of("BREAK", -1) : List.of(fragment.text(), fragment.weight()));
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("until", stretch.until());
        all.put("text", stretch.text());
        all.put("emphasis", emphasis);
        return all;
    }

    /** For people. */
    private void tell(PromptPlan plan) {
        for (PromptPlan.Part part : plan.parts()) {
            if (plan.parts().size() > 1) {
                terminal.print("AND, weight %s".formatted(part.weight()));
            }
            int from = 1;
            for (PromptPlan.Stretch stretch : part.schedule()) {
                terminal.print("steps %d to %d: %s".formatted(from, stretch.until(), stretch.text()));
                from = stretch.until() + 1;
                for (Fragment fragment : Fragments.parse(stretch.text())) {
                    if (fragment.isBreak()) {
                        terminal.print("    a new chunk of tokens");
                    } else if (fragment.weight() != 1) {
                        terminal.print(String.format(
                                Locale.ROOT,
                                "    weight %.4g: %s",
                                fragment.weight(),
                                fragment.text().strip()));
                    }
                }
            }
        }
    }
}
