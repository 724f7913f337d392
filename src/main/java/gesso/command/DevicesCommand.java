package gesso.command;

import gesso.library.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gesso devices}: what can run, and why what cannot. */
@Command(name = "devices", description = "What can run, and why what cannot.", mixinStandardHelpOptions = true)
final class DevicesCommand implements Callable<Integer> {
    @Option(names = "--json", description = "print a JSON list")
    boolean json;

    private final Workshop workshop;
    private final Terminal terminal;

    DevicesCommand(Workshop workshop, Terminal terminal) {
        this.workshop = workshop;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Workshop.DeviceState device : workshop.devices()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("device", device.id());
            entry.put("name", device.name());
            entry.put("works", device.problem().isEmpty());
            device.problem().ifPresent(why -> entry.put("problem", why));
            all.add(entry);
            if (!json) {
                terminal.print("%-9s %s".formatted(device.id(), device.problem().orElse("works")));
            }
        }
        if (json) {
            terminal.print(Json.pretty(all));
        }
        return ExitCode.DONE;
    }
}
