package dev.repsr.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of the comparison of quality.
 *
 * @param data folder that holds a folder for each set of originals
 * @param models files of others that are measured on sound pictures
 * @param photoModels files of others that are measured on pictures with flaws
 * @param samples originals of the pictures that are shown
 * @param scales that are measured; empty for all that are built in
 * @param output the page; the pictures lie beside it
 */
record QualityArguments(
        Path data,
        List<String> models,
        List<String> photoModels,
        List<Path> samples,
        List<Integer> scales,
        Optional<Path> output) {
    static final String USAGE = "Options: --data FOLDER --models FILE,FILE --photo-models FILE,FILE --samples FILE,FILE"
            + " --scales 2,4 -o FILE";

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with a sentence for what cannot be used
     */
    static QualityArguments parse(String... arguments) {
        Path data = null;
        List<String> models = List.of();
        List<String> photoModels = List.of();
        List<String> samples = List.of();
        List<String> scales = List.of();
        Optional<Path> output = Optional.empty();
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("a value is expected after " + arguments[i]);
            }
            String value = arguments[i + 1];
            List<String> values = List.of(value.split(",", -1));
            switch (arguments[i]) {
                case "--data" -> data = Path.of(value);
                case "--models" -> models = values;
                case "--photo-models" -> photoModels = values;
                case "--samples" -> samples = values;
                case "--scales" -> scales = values;
                case "-o" -> output = Optional.of(Path.of(value));
                default -> throw new IllegalArgumentException("there is no option " + arguments[i]);
            }
        }
        if (data == null) {
            throw new IllegalArgumentException("--data is to name the folder of the benchmark sets");
        }
        return new QualityArguments(
                data,
                models,
                photoModels,
                samples.stream().map(Path::of).toList(),
                scales.stream().map(Integer::valueOf).toList(),
                output);
    }
}
