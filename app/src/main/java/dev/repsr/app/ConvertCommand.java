package dev.repsr.app;

import dev.repsr.Models;
import dev.repsr.convert.Conversion;
import dev.repsr.convert.UpscaylName;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFormat;
import dev.repsr.format.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

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

    @Parameters(index = "0", paramLabel = "IN", description = "Built-in name or model file.")
    private String in = "";

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "File to write; ends with .safetensors, .pth, .onnx or .param. Or a folder, with -f.")
    private Path out = Path.of("");

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            converter = Format.class,
            description = "safetensors, pth, onnx or ncnn (default: by OUT's ending).")
    private @Nullable ModelFormat format;

    @Option(names = "--fp16", description = "Write the weights in half precision, and say what that changes.")
    private boolean half;

    @Option(names = "--card", description = "Write an OpenModelDB card beside it, OUT with the ending .json.")
    private boolean card;

    ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        ModelFormat written = chosenFormat();
        Model model = Models.open(in);
        int scale = model.network().scale();
        Path output = Files.isDirectory(out) ? inFolder(written, scale) : out;
        if (written == ModelFormat.NCNN) {
            warnOfAnotherScale(output, scale);
        }
        Precision precision = half ? Precision.FLOAT16 : Precision.FLOAT32;
        Conversion conversion = Conversion.write(model, output, written, precision);
        Path cardFile = card ? ModelCard.write(model, conversion.files(), written) : null;
        report(model, output, precision, conversion, cardFile);
        return ExitCode.OK;
    }

    private ModelFormat chosenFormat() throws CommandFailure {
        if (Files.isDirectory(out)) {
            return Optional.ofNullable(format)
                    .orElseThrow(
                            () -> CommandFailure.usage(out + " is a folder: say the format with -f " + Format.ALL));
        }
        ModelFormat ending = ModelFormat.ofName(String.valueOf(out.getFileName()))
                .orElseThrow(() -> CommandFailure.usage(out + ": the ending says the format; " + ModelFormat.endings()
                        + " are allowed, or an existing folder and -f"));
        if (format != null && format != ending) {
            throw CommandFailure.usage(out + ": the ending says " + ending.word() + ", but -f " + format.word());
        }
        return ending;
    }

    private Path inFolder(ModelFormat written, int scale) {
        Path file = out.resolve(ModelFormat.stem(String.valueOf(Path.of(in).getFileName())) + written.ending());
        return written == ModelFormat.NCNN ? UpscaylName.of(file, scale) : file;
    }

    private void warnOfAnotherScale(Path output, int scale) {
        int told = UpscaylName.told(output);
        if (told == scale || common.quiet) {
            return;
        }
        Path better = UpscaylName.of(output, scale);
        console.complain(output + ": by this name Upscayl and other programs on ncnn take this network for scale "
                + told + "; "
                + (UpscaylName.told(better) == scale
                        ? "for them choose a name such as " + better.getFileName()
                        : UpscaylName.isTold(scale)
                                ? "for them choose a name without 2x, x2, 3x or x3"
                                : "it has scale " + scale + ", which no name tells them"));
    }

    private void report(Model model, Path output, Precision precision, Conversion conversion, @Nullable Path cardFile) {
        List<String> files = conversion.files().stream().map(Path::toString).toList();
        if (common.json) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("input", in);
            line.put("output", output.toString());
            line.put("files", files);
            line.put("size", model.network().size());
            line.put("scale", model.network().scale());
            line.put("precision", precision.word());
            line.put("max_difference", conversion.maxDifference());
            line.put("max_levels", conversion.maxLevels());
            line.put("patches", conversion.patches());
            line.put("card", cardFile == null ? null : cardFile.toString());
            JsonLines.print(console.out(), line);
        } else if (!common.quiet) {
            console.say(String.join(", ", files) + ": " + model.network().size() + ", "
                    + model.network().scale() + " times, " + precision.word());
            console.say(sentence(conversion));
            if (cardFile != null) {
                console.say(cardFile + ": OpenModelDB card; author and pictures are for you to fill in");
            }
        }
    }

    private static String sentence(Conversion conversion) {
        return String.format(
                Locale.ROOT,
                "read back and run beside the original on %d patches: largest difference %.2e, %d levels of 8 bits",
                conversion.patches(),
                conversion.maxDifference(),
                conversion.maxLevels());
    }

    private static final class Format implements ITypeConverter<ModelFormat> {
        private static final String ALL = "safetensors, pth, onnx or ncnn";

        @Override
        public ModelFormat convert(String text) {
            return Arrays.stream(ModelFormat.values())
                    .filter(format -> format.word().equals(text.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(
                            () -> new TypeConversionException("'" + text + "' is no format; " + ALL + " are allowed"));
        }
    }
}
