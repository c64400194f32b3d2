package dev.repsr.convert;

import dev.repsr.engine.Engine;
import dev.repsr.engine.Engines;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.ModelFormat;
import dev.repsr.format.ModelRefused;
import dev.repsr.format.NcnnFile;
import dev.repsr.format.OpenedModel;
import dev.repsr.format.Precision;
import dev.repsr.io.AtomicFile;
import dev.repsr.merge.ReceiptPatch;
import dev.repsr.network.Network;
import dev.repsr.network.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A model file that was written, read back and run beside the original. Outputs are in 0..1.
 *
 * @param files that were written; of ncnn the text, then the numbers
 * @param patches of photographs that both were run on, borders included
 * @param maxDifference largest difference of the outputs; 0 for float32
 * @param maxLevels the same in 8-bit levels after rounding
 */
public record Conversion(List<Path> files, int patches, double maxDifference, int maxLevels) {

    /** What rounding the weights to float16 may change at most; such a network is too sensitive for float16. */
    public static final int MAX_LEVELS = 4;

    /**
     * Writes a model.
     *
     * @param output name of the file; of ncnn that of the text, beside which the numbers come
     * @param precision float32 or float16
     * @throws ConversionRefused if what was written does not hold the same weights, or float16 cannot hold them; then
     *     nothing is under the final name
     */
    public static Conversion write(Model model, Path output, ModelFormat format, Precision precision)
            throws IOException {
        requireFits(model.network(), precision);
        List<byte[]> contents = ModelFile.bytes(model, format, precision);
        List<Path> files = files(output, format);
        // The numbers first: the text alone, of the same sizes before and after, stays true to whichever numbers lie
        // there.
        SequencedMap<Path, AtomicFile.Body> bodies = new LinkedHashMap<>();
        for (int i = files.size() - 1; i >= 0; i--) {
            byte[] content = contents.get(i);
            bodies.put(files.get(i), out -> out.write(content));
        }
        List<Conversion> result = new ArrayList<>();
        AtomicFile.writeChecked(bodies, parts -> result.add(check(model, files, parts.reversed(), format, precision)));
        return result.getFirst();
    }

    private static List<Path> files(Path output, ModelFormat format) {
        if (format != ModelFormat.NCNN) {
            return List.of(output);
        }
        String name = output.getFileName().toString();
        String stem = name.toLowerCase(Locale.ROOT).endsWith(format.ending())
                ? name.substring(0, name.length() - format.ending().length())
                : name;
        return List.of(output, output.resolveSibling(stem + NcnnFile.NUMBERS_ENDING));
    }

    private static void requireFits(Network network, Precision precision) throws ConversionRefused {
        for (Map.Entry<String, Tensor> tensor : network.weights().tensors().entrySet()) {
            for (float value : tensor.getValue().toArray()) {
                if (!Float.isFinite(precision.rounded(value))) {
                    throw new ConversionRefused("tensor " + tensor.getKey() + " holds " + value + ", which "
                            + precision.word() + " cannot hold, so nothing was written");
                }
            }
        }
    }

    /** @param parts what was written under temporary names, in the order of {@code files} */
    private static Conversion check(
            Model model, List<Path> files, List<Path> parts, ModelFormat format, Precision precision)
            throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Path part : parts) {
            contents.add(Files.readAllBytes(part));
        }
        OpenedModel written = readBack(format, contents, files.getFirst());
        compareWeights(model.network(), written.model().network(), precision);
        Engine engine = Engines.fastest();
        List<ReceiptPatch> patches = ReceiptPatch.all();
        double maxDifference = 0;
        int maxLevels = 0;
        for (ReceiptPatch patch : patches) {
            float[] expected = patch.run(engine, model.network());
            float[] found = patch.run(engine, written.model().network());
            for (int i = 0; i < expected.length; i++) {
                // Math.max keeps NaN, so that it cannot hide.
                maxDifference = Math.max(maxDifference, Math.abs((double) expected[i] - found[i]));
                maxLevels = Math.max(maxLevels, Math.abs(level(expected[i]) - level(found[i])));
            }
        }
        boolean exact = precision == Precision.FLOAT32;
        if (!(maxDifference <= (exact ? 0 : 1)) || maxLevels > (exact ? 0 : MAX_LEVELS)) {
            throw new ConversionRefused("the network that was written as " + precision.word()
                    + " differs from the original by " + maxDifference + " or " + maxLevels
                    + " levels of 8 bits, so it was not kept");
        }
        return new Conversion(files, patches.size(), maxDifference, maxLevels);
    }

    private static OpenedModel readBack(ModelFormat format, List<byte[]> contents, Path file) throws ConversionRefused {
        try {
            return ModelFile.read(format, contents, file.getFileName().toString());
        } catch (ModelRefused e) {
            throw new ConversionRefused("what was written could not be read back (" + e.getMessage() + ")", e);
        }
    }

    private static void compareWeights(Network original, Network written, Precision precision)
            throws ConversionRefused {
        for (Map.Entry<String, Tensor> tensor : original.weights().tensors().entrySet()) {
            float[] expected = tensor.getValue().toArray();
            float[] found = written.weights().get(tensor.getKey()).toArray();
            for (int i = 0; i < expected.length; i++) {
                // Some formats keep biases and slopes in float32 whatever the weights are.
                if (!same(found[i], expected[i]) && !same(found[i], precision.rounded(expected[i]))) {
                    throw new ConversionRefused("tensor " + tensor.getKey() + " was written as " + found[i]
                            + " at index " + i + " instead of " + expected[i] + ", so the file was not kept");
                }
            }
        }
    }

    private static boolean same(float a, float b) {
        return Float.floatToIntBits(a) == Float.floatToIntBits(b);
    }

    private static int level(float value) {
        return (int) Math.floor(Math.clamp(value, 0.0, 1.0) * 255 + 0.5);
    }
}
