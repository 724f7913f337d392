package gesso.command;

import gesso.image.metadata.Version;
import gesso.request.GessoException;
import gesso.request.Size;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command line as a whole: its commands, and how what goes wrong is said. */
@Command(
        name = "gesso",
        description = "Makes pictures from words. Without a command the studio opens.",
        mixinStandardHelpOptions = true,
        versionProvider = GessoCommand.VersionText.class,
        synopsisSubcommandLabel = "COMMAND")
public final class GessoCommand implements Runnable {
    private final CommandLine line = new CommandLine(this);
    private final Terminal terminal;

    /**
     * @param more commands that other packages bring, by their names: picocli's annotated objects
     */
    public GessoCommand(Workshop workshop, Terminal terminal, Map<String, Object> more) {
        this.terminal = terminal;
        line.addSubcommand("generate", new GenerateCommand(workshop, terminal));
        line.addSubcommand("plot", new PlotCommand(workshop, terminal));
        line.addSubcommand("interrogate", new InterrogateCommand(workshop, terminal));
        line.addSubcommand("upscale", new UpscaleCommand(workshop, terminal));
        line.addSubcommand("preprocess", new PreprocessCommand(workshop, terminal));
        line.addSubcommand("info", new InfoCommand(workshop, terminal));
        CommandLine models = new CommandLine(new ModelsCommand(workshop, terminal));
        models.addSubcommand("add", new ModelsAddCommand(workshop, terminal));
        line.addSubcommand("models", models);
        line.addSubcommand("presets", new PresetsCommand(workshop, terminal));
        line.addSubcommand("devices", new DevicesCommand(workshop, terminal));
        line.addSubcommand("prompt", new PromptCommand(workshop, terminal, System.in));
        more.forEach(line::addSubcommand);
        line.registerConverter(Size.class, Size::parse);
        // "@" begins a prompt like any other letter.
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        line.setParameterExceptionHandler((error, arguments) -> {
            terminal.say(Sentences.of(error));
            return ExitCode.BAD_INPUT;
        });
        line.setExecutionExceptionHandler(this::report);
    }

    /** Runs what the arguments say. @return the process's exit code */
    public int run(String... arguments) {
        // What the program's parts log is for the studio's log file; here it would stand between the lines.
        LogManager.getLogManager().reset();
        return line.execute(arguments);
    }

    @Override
    public void run() {
        line.usage(terminal.out());
    }

    private int report(Exception error, CommandLine command, ParseResult parsed) {
        if (error instanceof GessoException known) {
            terminal.say(known.sentence());
        } else {
            terminal.say("Something went wrong inside Gesso (%s)%s.".formatted(error, details(error)));
        }
        return ExitCode.of(error);
    }

    /** Where the whole story of a fault was written down, for a report. */
    private static String details(Exception error) {
        try {
            Path file = Files.createTempFile("gesso-fault-", ".txt");
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
                error.printStackTrace(out);
            }
            return "; please report it with the details in " + file;
        } catch (IOException e) {
            return "";
        }
    }

    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"gesso " + Version.NUMBER};
        }
    }
}
