package dev.repsr.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of model file that are read and written. */
public enum ModelFormat {
    /** One JSON header, then the tensors. */
    SAFETENSORS(".safetensors"),
    /** PyTorch's zip of a pickle and raw numbers. */
    PTH(".pth"),
    /** A graph of operators in protobuf's wire format. */
    ONNX(".onnx"),
    /** ncnn's text of layers, with the weights in a file beside it that ends with .bin. */
    NCNN(".param");

    private static final String OTHER_PTH = ".pt";

    private final String ending;

    ModelFormat(String ending) {
        this.ending = ending;
    }

    /** What names of such files end with, dot included; of ncnn's two files that of the text. */
    public String ending() {
        return ending;
    }

    /** Name as people write it, such as "onnx". */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format that a file's name asks for by its ending; ".pt" is another ending of PyTorch's. */
    public static Optional<ModelFormat> ofName(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        if (lower.endsWith(OTHER_PTH)) {
            return Optional.of(PTH);
        }
        return Arrays.stream(values())
                .filter(format -> lower.endsWith(format.ending))
                .findFirst();
    }

    /** All endings, for messages. */
    public static String endings() {
        return Arrays.stream(values()).map(ModelFormat::ending).collect(Collectors.joining(", "));
    }

    /** The file's name without the ending of a model file. */
    public static String stem(String fileName) {
        return ofName(fileName)
                .map(format -> fileName.substring(0, fileName.lastIndexOf('.')))
                .orElse(fileName);
    }
}
