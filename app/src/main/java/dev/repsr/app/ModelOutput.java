package dev.repsr.app;

import dev.repsr.convert.Conversion;
import dev.repsr.convert.UpscaylName;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFormat;
import dev.repsr.format.Precision;
import dev.repsr.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a model is written: format, precision and card, for all verbs that write one. */
final class ModelOutput {
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

    /** What was written. */
    private record Written(
            Model model,
            Path output,
            Precision precision,
            Conversion conversion,
            @Nullable Path card) {}

    /**
     * Writes a model and tells so.
     *
     * @param out a file, or a folder where the file is called {@code stem}
     * @param written the format, as {@link #chosenFormat} gave it
     * @param origin members that begin the line of JSON
     */
    void write(
            Console console,
            CommonOptions common,
            Model model,
            Path out,
            String stem,
            ModelFormat written,
            Map<String, Object> origin)
            throws IOException {
        int scale = model.network().scale();
        Path output = Files.isDirectory(out) ? inFolder(out, stem, written, scale) : out;
        if (written == ModelFormat.NCNN) {
            warnOfAnotherScale(console, common, output, scale);
        }
        Precision precision = half ? Precision.FLOAT16 : Precision.FLOAT32;
        Conversion conversion = Conversion.write(model, output, written, precision);
        Path cardFile = card ? ModelCard.write(model, conversion.files(), written) : null;
        report(console, common, origin, new Written(model, output, precision, conversion, cardFile));
    }

    /** The format that the options and the name ask for; refuses them where they do not agree. */
    ModelFormat chosenFormat(Path out) throws CommandFailure {
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

    private static Path inFolder(Path folder, String stem, ModelFormat written, int scale) {
        Path file = folder.resolve(stem + written.ending());
        return written == ModelFormat.NCNN ? UpscaylName.of(file, scale) : file;
    }

    private static void warnOfAnotherScale(Console console, CommonOptions common, Path output, int scale) {
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

    private static void report(Console console, CommonOptions common, Map<String, Object> origin, Written written) {
        List<String> files =
                written.conversion().files().stream().map(Path::toString).toList();
        Network network = written.model().network();
        if (common.json) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>(origin);
            line.put("output", written.output().toString());
            line.put("files", files);
            line.put("size", network.size());
            line.put("scale", network.scale());
            line.put("precision", written.precision().word());
            line.put("max_difference", written.conversion().maxDifference());
            line.put("max_levels", written.conversion().maxLevels());
            line.put("patches", written.conversion().patches());
            line.put("card", written.card() == null ? null : written.card().toString());
            JsonLines.print(console.out(), line);
        } else if (!common.quiet) {
            console.say(String.join(", ", files) + ": " + network.size() + ", " + network.scale() + " times, "
                    + written.precision().word());
            console.say(sentence(written.conversion()));
            if (written.card() != null) {
                console.say(written.card() + ": OpenModelDB card; author and pictures are for you to fill in");
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
