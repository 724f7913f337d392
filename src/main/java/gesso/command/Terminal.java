package gesso.command;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command speaks.
 *
 * @param out results alone, so that a script can read them
 * @param err everything else: sentences, progress
 * @param interactive whether a person watches {@code err}: a progress bar is drawn then
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
    /** The launcher knows whether stderr is a terminal and says so; without it, no bar is drawn. */
    private static final String IS_TERMINAL = "gesso.terminal";

    /** This process's. */
    public static Terminal system() {
        return new Terminal(utf8(System.out), utf8(System.err), Boolean.getBoolean(IS_TERMINAL));
    }

    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** For people: to stderr. */
    public void say(String sentence) {
        err.println(sentence);
        err.flush();
    }

    /** A result: to stdout. */
    public void print(String line) {
        out.println(line);
        out.flush();
    }
}
