package dev.repsr.app;

import dev.repsr.Models;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.io.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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
            "  repsr models info my-model.safetensors --json"
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

    /** Shows what is inside a model. */
    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            versionProvider = RepsrCommand.Version.class,
            header = "Show what is inside a model.",
            description = "",
            footer = {"", "Example:", "  repsr models info repsr-m4c16-x2"})
    static final class InfoCommand implements Callable<Integer> {
        private static final double FLOP_PER_GFLOP_AT_ONE_MEGAPIXEL = 1000;

        private final Console console;

        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Parameters(paramLabel = "MODEL", description = "Built-in name or model file.")
        private String name = "";

        InfoCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            Map<String, Object> facts = facts(Models.open(name));
            if (common.json) {
                JsonLines.print(console.out(), facts);
            } else {
                facts.forEach(this::print);
            }
            return ExitCode.OK;
        }

        private Map<String, Object> facts(Model model) throws IOException {
            Map<String, String> metadata = new LinkedHashMap<>(model.metadata());
            String receipt = metadata.remove(ModelFile.RECEIPT);
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("name", model.name());
            facts.put("architecture", "compact");
            facts.put("size", model.network().size());
            facts.put("scale", model.network().scale());
            facts.put("parameters", model.network().parameters());
            facts.put("receptive_radius", model.network().radius());
            facts.put("gflop_per_megapixel", model.network().flopPerPixel() / FLOP_PER_GFLOP_AT_ONE_MEGAPIXEL);
            facts.put("sha256", hash(model));
            if (receipt != null) {
                facts.put("receipt", common.json ? JsonLines.parse(receipt) : receipt);
            }
            facts.put("metadata", metadata);
            return facts;
        }

        /** Of the file's bytes; a built-in network is written again, which gives its file's bytes. */
        private String hash(Model model) throws IOException {
            Path file = Path.of(name);
            if (Files.isRegularFile(file)) {
                return Sha256.hex(file);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ModelFile.write(model, bytes);
            return Sha256.hex(bytes.toByteArray());
        }

        private void print(String key, Object value) {
            if (value instanceof Map<?, ?> members) {
                members.forEach((member, text) ->
                        print(String.valueOf(member), String.valueOf(text).strip()));
                return;
            }
            String text = String.valueOf(value);
            String indented = text.contains("\n") ? "\n    " + text.replace("\n", "\n    ") : text;
            console.say(key.replace('_', ' ') + ": " + indented);
        }
    }
}
