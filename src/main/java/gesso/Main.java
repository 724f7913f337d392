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
                studio.open();
            } else {
                exit = new GessoCommand(studio, Terminal.system(), Map.of()).run(arguments);
            }
        }
        System.exit(exit);
    }
}
