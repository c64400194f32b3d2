package dev.repsr.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.repsr.io.Sha256;
import dev.repsr.metric.BenchmarkImage;
import dev.repsr.metric.BenchmarkSet;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.data.TrainingSet;
import dev.repsr.train.data.TrainingSetOptions;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The pictures of a run: those that it is trained on, and those that it is measured on. Runs with the same {@code data}, {@code scale}
 * and {@code validation.sets} may share them, also at the same time.
 */
public final class RunPictures implements AutoCloseable {
    /** Name of the set of pictures that are kept apart from the training set. */
    public static final String HELD_OUT = "held-out";

    private final TrainingSet training;
    private final Validation validation;
    private final String digest;

    private RunPictures(TrainingSet training, Validation validation) {
        this.training = training;
        this.validation = validation;
        digest = training.digest();
    }

    /**
     * Reads all pictures.
     *
     * @param warning takes a sentence for each picture that is left out, and for what else is to be known
     * @throws dev.repsr.train.config.ConfigRefused if some are missing or cannot be read
     */
    public static RunPictures load(TrainConfig config, Consumer<String> warning) throws IOException {
        TrainingSet training = TrainingSet.load(TrainingSetOptions.of(config), warning);
        try {
            return new RunPictures(training, Validation.load(config, training.heldOut()));
        } catch (IOException | RuntimeException e) {
            training.close();
            throw e;
        }
    }

    TrainingSet training() {
        return training;
    }

    Validation validation() {
        return validation;
    }

    /** SHA-256 of the pictures that are trained on, 64 hexadecimal digits. */
    public String digest() {
        return digest;
    }

    /**
     * The sets that {@code validation.sets} names, without anything that is trained on.
     *
     * @throws dev.repsr.train.config.ConfigRefused if a folder is missing, or a picture cannot be measured
     */
    public static List<BenchmarkSet> measured(TrainConfig config) throws IOException {
        return Validation.folders(config);
    }

    /** The sets that are measured, the pictures kept apart last. */
    public List<BenchmarkSet> sets() {
        return validation.sets();
    }

    /**
     * SHA-256 of what the measured pictures look like to a measurement: names, sizes and the scores of bicubic enlargement, which
     * change with any pixel that counts; 64 hexadecimal digits.
     */
    public String measuredDigest() {
        StringBuilder text = new StringBuilder();
        for (BenchmarkSet set : sets()) {
            text.append(set.name()).append('\n');
            for (BenchmarkImage image : set.images()) {
                text.append(image.bicubic())
                        .append(image.hr().width())
                        .append('x')
                        .append(image.hr().height())
                        .append('\n');
            }
        }
        return Sha256.hex(text.toString().getBytes(UTF_8));
    }

    /** Gives the memory back; no run may use them any more. */
    @Override
    public void close() throws IOException {
        training.close();
    }
}
