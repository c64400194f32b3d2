package dev.repsr.app;

import dev.repsr.Models;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  repsr convert my-net.safetensors upscayl-models -f ncnn"
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

    ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        ModelFormat format = written.chosenFormat(out);
        Model model = Models.open(in);
        String stem = ModelFormat.stem(String.valueOf(Path.of(in).getFileName()));
        written.write(console, common, model, out, stem, format, Map.of("input", in));
        return ExitCode.OK;
    }
}
