package dev.repsr.app;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The configuration of a training, as its verbs take it. */
final class ConfigOptions {
    @Parameters(paramLabel = "CONFIG.yaml", description = "The training's configuration: what, on what and how long.")
    Path file = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Replace a value of the configuration, such as optimiser.rate=0.001 or data.train=photos.")
    List<String> overrides = List.of();
}
