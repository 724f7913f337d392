package gesso.command;

import gesso.library.NearestNames;
import gesso.request.GessoException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in one sentence each. */
final class Sentences {
    private Sentences() {}

    static String of(ParameterException error) {
        if (error.getCause() instanceof GessoException known) {
            return known.sentence();
        }
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        ArgSpec argument = error.getArgSpec();
        if (error instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            argument = missing.getMissing().get(0);
            return "%s needs %s."
                    .formatted(
                            argument.isOption()
                                    ? name(argument)
                                    : error.getCommandLine().getCommandName(),
                            argument.isOption()
                                    ? "a value: " + name(argument) + " " + argument.paramLabel()
                                    : argument.paramLabel());
        }
        if (error instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given twice.";
        }
        if (argument != null && error.getValue() != null) {
            return "%s takes %s, not \"%s\".".formatted(name(argument), kind(argument), error.getValue());
        }
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("The command line cannot be understood.");
    }

    private static String unmatched(UnmatchedArgumentException error) {
        CommandLine command = error.getCommandLine();
        String word = error.getUnmatched().get(0);
        boolean option = error.isUnknownOption();
        boolean subcommand = !option && !command.getSubcommands().isEmpty();
        if (!option && !subcommand) {
            return "\"%s\" is one word too many for %s; put what belongs together in quotes."
                    .formatted(word, command.getCommandName());
        }
        // What is like the word letter by letter goes first: the suggestions come by common pairs of letters.
        List<String> near = new ArrayList<>(NearestNames.of(word, error.getSuggestions()));
        near.addAll(error.getSuggestions());
        return "There is no %s %s; %s"
                .formatted(
                        option ? "option" : "command",
                        word,
                        near.isEmpty()
                                ? command.getCommandSpec().qualifiedName() + " --help lists them."
                                : "did you mean " + near.get(0).replaceFirst("^gesso ", "") + "?");
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String kind(ArgSpec argument) {
        Class<?> type = argument.type();
        if (type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        return type == Double.class ? "a number" : argument.paramLabel();
    }
}
