package dev.repsr.app;

import dev.repsr.Models;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFormat;
import dev.repsr.format.ModelMix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a network between two others. */
@Command(
        name = "mix",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Mix the weights of two models of one shape.",
        description = {
            "",
            "Every weight is (1 - SHARE) times A's and SHARE times B's: 0 gives A, 1 gives B. That makes sense for networks"
                    + " that were trained for it or from one another, such as one that keeps noise and one that removes it."
                    + " The file is written, read back and run as by 'repsr convert', and says of which models it is a mix.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr mix general-wdn-x4v3.pth general-x4v3.pth 0.5 -o general-half.safetensors",
            "  repsr mix mild.safetensors strong.safetensors 0.25 -o models -f ncnn --fp16"
        })
final class MixCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final ModelOutput written = new ModelOutput();

    @Parameters(index = "0", paramLabel = "A", description = "Model name or model file.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "B", description = "Model name or model file of the same shape.")
    private String second = "";

    @Parameters(index = "2", paramLabel = "SHARE", converter = Share.class, description = "Share of B, 0 to 1.")
    private double share;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "C",
            required = true,
            description = "File to write; ends with .safetensors, .pth, .onnx or .param. Or a folder, with -f.")
    private Path out = Path.of("");

    MixCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        ModelFormat format = written.chosenFormat(out);
        Model a = Models.open(first);
        Model b = Models.open(second);
        String stem = Files.isDirectory(out)
                ? a.name() + "-" + b.name() + "-" + share
                : ModelFormat.stem(String.valueOf(out.getFileName()));
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("inputs", List.of(first, second));
        origin.put("share", share);
        written.write(console, common, ModelMix.of(stem, a, b, share), out, stem, format, origin);
        return ExitCode.OK;
    }
}
