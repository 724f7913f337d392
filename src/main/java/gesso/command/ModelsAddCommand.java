package gesso.command;

import gesso.request.CancelToken;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gesso models add}: a file, a folder, or a link that is downloaded. */
@Command(
        name = "add",
        description = {
            "Adds a model: a folder is searched from now on, a file is put where its kind belongs, a link is downloaded.",
            "A download that was cut or cancelled goes on where it was when the same link is added again."
        },
        mixinStandardHelpOptions = true)
final class ModelsAddCommand implements Callable<Integer> {
    private static final long EVERY = 50_000_000; // bytes, where no bar is drawn

    @Parameters(index = "0", paramLabel = "URL|FILE|FOLDER", description = "what to add; of links, https alone")
    String what = "";

    @Option(names = "--sha256", paramLabel = "HASH", description = "the hash that a downloaded file must have")
    @Nullable
    String sha256;

    private final Workshop workshop;
    private final Terminal terminal;
    private long told;

    ModelsAddCommand(Workshop workshop, Terminal terminal) {
        this.workshop = workshop;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CancelToken token = new CancelToken();
        Thread stop = new Thread(token::cancel, "gesso-interrupted");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            String sentence = workshop.adding().add(what, sha256, this::progress, token);
            if (told > 0 && terminal.interactive()) {
                terminal.err().println();
            }
            terminal.say(sentence);
            return ExitCode.DONE;
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(stop);
            } catch (IllegalStateException e) {
                // The process is on its way out.
            }
        }
    }

    private void progress(long done, long all) {
        long step = terminal.interactive() ? EVERY / 50 : EVERY;
        if (done - told < step && done != all) {
            return;
        }
        told = done;
        String text = all > 0
                ? String.format(Locale.ROOT, "%s of %s (%d %%)", Bytes.words(done), Bytes.words(all), 100 * done / all)
                : Bytes.words(done);
        if (terminal.interactive()) {
            terminal.err().print("\r" + text + "   ");
            terminal.err().flush();
        } else {
            terminal.say(text);
        }
    }
}
