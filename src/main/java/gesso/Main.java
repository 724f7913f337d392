package gesso;

import gesso.command.GessoCommand;
import gesso.command.Terminal;
import gesso.library.Folders;
import java.util.Map;

/** The entry: with arguments the command line, without them the studio. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        int exit = 0;
        try (Studio studio = new Studio(Folders.standard())) {
            if (arguments.length == 0) {
                exit = open(studio);
            } else {
                Terminal terminal = Terminal.system();
                exit = new GessoCommand(studio, terminal, Map.of("bench", studio.bench(terminal))).run(arguments);
            }
        }
        System.exit(exit);
    }

    private static int open(Studio studio) throws InterruptedException {
        try {
            studio.open();
            return 0;
        } catch (UnsupportedOperationException e) {
            // JavaFX's only word for a screen that does not answer.
            System.err.println("The studio cannot be shown: " + e.getMessage()
                    + ". Without a screen, gesso generate \"red apple\" makes a picture.");
            return 1;
        }
    }
}
