package dev.repsr.app;

import dev.repsr.Models;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the built-in networks, or shows what is inside a model file. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "List the built-in networks, or show what is inside a model file.",
        description = "",
        footer = {
            "",
            "Examples:",
            "  repsr models",
            "  repsr models info repsr-m4c16-x2",
            "  repsr models info my-model.pth --json"
        })
final class ModelsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    ModelsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        list(console, common.json);
        return ExitCode.OK;
    }

    private static void list(Console console, boolean json) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Models.BuiltIn builtIn : Models.list()) {
            Model model = Models.open(builtIn.name());
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", builtIn.name());
            row.put("scale", model.network().scale());
            row.put("size", model.network().size());
            row.put("parameters", model.network().parameters());
            row.put("licence", model.metadata().getOrDefault(ModelFile.LICENCE, "unknown"));
            row.put("default", builtIn.isDefault());
            rows.add(row);
        }
        if (json) {
            JsonLines.print(console.out(), Map.of("models", rows));
            return;
        }
        String form = "%-20s %5s %-8s %10s  %-12s %s";
        console.say(String.format(Locale.ROOT, form, "name", "scale", "size", "parameters", "licence", "")
                .strip());
        for (Map<String, Object> row : rows) {
            List<Object> cells = new ArrayList<>(row.values());
            cells.set(5, Boolean.TRUE.equals(row.get("default")) ? "default for its scale" : "");
            console.say(String.format(Locale.ROOT, form, cells.toArray()).strip());
        }
    }

    /** Lists the built-in networks. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            versionProvider = RepsrCommand.Version.class,
            header = "List the built-in networks.")
    static final class ListCommand implements Callable<Integer> {
        private final Console console;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        ListCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            list(console, common.json);
            return ExitCode.OK;
        }
    }
}
