package dev.repsr.app;

import dev.repsr.Models;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.ModelFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a network in another format. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        versionProvider = RepsrCommand.Version.class,
        header = "Write a network in another format: safetensors, pth, onnx or ncnn.",
        description = {
            "",
            "What is written is read back and run beside the original on patches of photographs; where the two do not"
                    + " agree, nothing is written and the exit code is 4. ncnn is two files, OUT and the .bin beside it;"
                    + " the programs that use it take the scale from the name: a folder's file is named for them, such"
                    + " as 2x-my-net.param, and a name of yours that tells another scale is kept with a warning.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr convert repsr-m4c16-x2 repsr-m4c16-x2.onnx",
            "  repsr convert realesr-animevideov3.pth animevideo.safetensors",
            "  repsr convert my-net.safetensors 2x-my-net.param --fp16 --card",
            "  repsr convert my-net.safetensors upscayl-models -f ncnn",
            "  repsr convert general-x4v3.pth models/general.safetensors --milder general-wdn"
        })
final class ConvertCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "IN", description = "Name (see 'repsr models') or model file.")
    private String in = "";

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "File to write; ends with .safetensors, .pth, .onnx or .param. Or a folder, with -f.")
    private Path out = Path.of("");

    @Mixin
    private final ModelOutput written = new ModelOutput();

    @Option(
            names = "--milder",
            paramLabel = "NAME",
            description = "Say in OUT which model of the same shape removes less noise, for 'repsr upscale --denoise'.")
    private @Nullable String milder;

    @Option(names = "--stronger", paramLabel = "NAME", description = "Say in OUT which one removes more.")
    private @Nullable String stronger;

    ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        ModelFormat format = written.chosenFormat(out);
        if (format == ModelFormat.NCNN && (milder != null || stronger != null)) {
            throw CommandFailure.usage(
                    "--milder and --stronger are kept in the file, and ncnn's has no place for them");
        }
        Model model = paired(Models.open(in));
        String stem = ModelFormat.stem(String.valueOf(Path.of(in).getFileName()));
        written.write(console, common, model, out, stem, format, Map.of("input", in));
        return ExitCode.OK;
    }

    private Model paired(Model model) {
        Map<String, String> metadata = new LinkedHashMap<>(model.metadata());
        if (milder != null) {
            metadata.put(ModelFile.MILDER, milder);
        }
        if (stronger != null) {
            metadata.put(ModelFile.STRONGER, stronger);
        }
        return new Model(model.name(), model.network(), metadata);
    }
}
