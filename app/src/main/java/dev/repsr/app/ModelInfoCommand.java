package dev.repsr.app;

import dev.repsr.Models;
import dev.repsr.UpscaleOptions;
import dev.repsr.engine.EngineSpeed;
import dev.repsr.engine.Engines;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.OpenedModel;
import dev.repsr.io.Sha256;
import dev.repsr.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what is inside a model. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Show what is inside a model.",
        description = {
            "",
            "The network runs on a picture of noise for a few seconds, to estimate how long a megapixel takes here.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr models info repsr-m4c16-x2",
            "  repsr models info realesr-animevideov3.pth --json"
        })
final class ModelInfoCommand implements Callable<Integer> {
    private static final double FLOP_PER_GFLOP_AT_ONE_MEGAPIXEL = 1000;
    private static final String NOT_STATED = "not stated in the file";

    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "MODEL", description = "Name (see 'repsr models') or model file.")
    private String name = "";

    ModelInfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, @Nullable Object> facts = facts(Models.inspect(name));
        if (common.json) {
            JsonLines.print(console.out(), facts);
        } else {
            facts.forEach(this::print);
        }
        return ExitCode.OK;
    }

    private Map<String, @Nullable Object> facts(OpenedModel opened) throws IOException {
        Model model = opened.model();
        Network network = model.network();
        Map<String, String> metadata = new LinkedHashMap<>(model.metadata());
        String receipt = metadata.remove(ModelFile.RECEIPT);
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("name", model.name());
        facts.put("format", opened.format().word());
        facts.put("precision", opened.precision().word());
        facts.put("architecture", "compact");
        facts.put("size", network.size());
        facts.put("scale", network.scale());
        facts.put("parameters", network.parameters());
        facts.put("receptive_radius", network.radius());
        facts.put("receptive_field", 2 * network.radius() + 1);
        facts.put("gflop_per_megapixel", network.flopPerPixel() / FLOP_PER_GFLOP_AT_ONE_MEGAPIXEL);
        putSpeed(facts, network);
        facts.put("sha256", hash(model));
        facts.put("licence", metadata.get(ModelFile.LICENCE));
        facts.put("recipe", metadata.get(ModelFile.RECIPE));
        facts.put("receipt", receipt != null && common.json ? JsonLines.parse(receipt) : receipt);
        facts.put("metadata", metadata);
        return facts;
    }

    private void putSpeed(Map<String, @Nullable Object> facts, Network network) throws IOException {
        UpscaleOptions options = common.upscaleOptions();
        PreparedNetwork prepared = Engines.choose(options.engine()).prepare(network);
        double seconds = EngineSpeed.secondsPerMegapixel(prepared, options.threads(), options.memoryBytes());
        facts.put("seconds_per_megapixel", seconds);
        facts.put("threads", options.threads());
    }

    /** Of the file's bytes; a built-in network is written again, which gives its file's bytes. */
    private String hash(Model model) throws IOException {
        Path file = Path.of(name);
        if (Files.isRegularFile(file)) {
            return Sha256.hex(file);
        }
        return ModelFile.sha256(model);
    }

    private void print(String key, @Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            members.forEach((member, text) -> {
                if (!member.equals(ModelFile.LICENCE) && !member.equals(ModelFile.RECIPE)) {
                    print(String.valueOf(member), String.valueOf(text).strip());
                }
            });
            return;
        }
        String text = value == null
                ? NOT_STATED
                : value instanceof Double number ? String.format(Locale.ROOT, "%.3g", number) : value.toString();
        String indented = text.contains("\n") ? "\n    " + text.strip().replace("\n", "\n    ") : text;
        console.say(key.replace('_', ' ') + ": " + indented);
    }
}
