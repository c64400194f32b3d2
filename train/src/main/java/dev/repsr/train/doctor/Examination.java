package dev.repsr.train.doctor;

import dev.repsr.image.PictureFormat;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.data.Survey;
import dev.repsr.train.data.SurveyedPicture;
import dev.repsr.train.data.SurveyedPicture.State;
import dev.repsr.train.data.TrainingSetOptions;
import dev.repsr.train.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One look at everything that a run needs, in the order in which a run would meet it. */
public final class Examination {
    private static final double MAX_BAD_SHARE = 0.01;
    private static final int FEW_PICTURES = 20;
    private static final int SHOWN = 10;

    private final TrainConfig config;
    private final TrainingSetOptions options;
    private final Consumer<Finding> findings;
    private final Map<Level, Integer> counts = new EnumMap<>(Level.class);
    private List<SurveyedPicture> pictures = List.of();

    /** @param findings takes them as they come */
    public Examination(TrainConfig config, Consumer<Finding> findings) {
        this.config = config;
        this.findings = findings;
        options = TrainingSetOptions.of(config);
    }

    /** Examines all; once. */
    public void run() throws IOException {
        output();
        try {
            pictures = Survey.of(options);
        } catch (ConfigRefused e) {
            tell(Level.PROBLEM, e.getMessage());
            return;
        }
        readable();
        sizes();
        Doubles doubles = new Doubles(pictures, this::tell);
        doubles.amongTraining();
        doubles.ofHeldOut();
        for (Path set : config.validation().sets()) {
            validation(set, doubles);
        }
    }

    /** Number of findings of a kind so far. */
    public int count(Level level) {
        return counts.getOrDefault(level, 0);
    }

    /** Number of pictures that would be trained on. */
    public long trainingPictures() {
        return pictures.stream()
                .filter(picture -> picture.state() == State.USED && !picture.heldOut())
                .count();
    }

    /** Counts a finding and tells it. */
    public void tell(Level level, @Nullable String message) {
        counts.merge(level, 1, Integer::sum);
        findings.accept(new Finding(level, String.valueOf(message)));
    }

    private void output() throws IOException {
        Path folder = config.output();
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = Objects.requireNonNull(existing.getParent(), "the root exists");
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            tell(Level.PROBLEM, folder + ": this folder cannot be made or written to; choose another output folder");
        } else if (Files.exists(folder.resolve("log.csv"))) {
            tell(
                    Level.NOTE,
                    folder
                            + ": a run lies there already; add --resume to go on with it, or choose another output folder");
        }
    }

    private void readable() {
        List<SurveyedPicture> unreadable = in(State.UNREADABLE);
        boolean tooMany = unreadable.size() > MAX_BAD_SHARE * pictures.size();
        some(tooMany ? Level.PROBLEM : Level.WARNING, unreadable, "cannot be read");
        some(Level.PROBLEM, in(State.MISFIT), "do not fit their partners");
        some(Level.WARNING, in(State.SMALL), "are too small for a patch");
        pictures.stream()
                .flatMap(picture -> picture.warnings().stream())
                .limit(SHOWN)
                .forEach(warning -> tell(Level.WARNING, warning));
    }

    private List<SurveyedPicture> in(State state) {
        return pictures.stream().filter(picture -> picture.state() == state).toList();
    }

    private void some(Level level, List<SurveyedPicture> found, String what) {
        found.stream().limit(SHOWN).forEach(picture -> tell(level, picture.problem()));
        if (found.size() > SHOWN) {
            tell(level, (found.size() - SHOWN) + " other training pictures " + what);
        }
    }

    private void sizes() {
        List<SurveyedPicture> used = in(State.USED);
        long training = trainingPictures();
        if (training == 0) {
            tell(
                    Level.PROBLEM,
                    "none of the " + pictures.size() + " training pictures can be used; one of at least "
                            + config.data().patch() * config.scale() + " pixels a side is needed");
            return;
        }
        List<PictureFormat> formats = used.stream()
                .map(SurveyedPicture::format)
                .flatMap(f -> Optional.ofNullable(f).stream())
                .sorted((a, b) -> Long.compare(pixels(a), pixels(b)))
                .toList();
        PictureFormat median = formats.get(formats.size() / 2);
        tell(
                Level.NOTE,
                training + " pictures to train on, " + (used.size() - training) + " kept apart; the middle one"
                        + " has " + median.width() + "x" + median.height() + " pixels, the smallest "
                        + formats.getFirst().width() + "x" + formats.getFirst().height());
        kinds(formats);
        if (training < FEW_PICTURES) {
            tell(Level.WARNING, training + " pictures are few: the network learns these, and little of others");
        }
        double visits = (double) config.optimiser().iterations() * config.data().batch() / training;
        tell(Level.NOTE, String.format(Locale.ROOT, "each picture will be drawn from %.0f times", visits));
        memory(used);
    }

    private static long pixels(PictureFormat format) {
        return (long) format.width() * format.height();
    }

    private void kinds(List<PictureFormat> formats) {
        long grey = formats.stream().filter(f -> f.colourChannels() == 1).count();
        long deep = formats.stream().filter(f -> f.bitDepth() == 16).count();
        long clear = formats.stream().filter(PictureFormat::hasAlpha).count();
        if (grey > 0) {
            tell(Level.NOTE, grey + " of them are grey, read as red = green = blue");
        }
        if (deep > 0) {
            tell(Level.NOTE, deep + " of them have 16 bits a sample, rounded to 8");
        }
        if (clear > 0) {
            tell(Level.NOTE, clear + " of them have transparency, which is dropped");
        }
    }

    private void memory(List<SurveyedPicture> used) {
        long bytes = used.stream()
                .filter(p -> !p.heldOut())
                .mapToLong(SurveyedPicture::bytes)
                .sum();
        long mib = (bytes >> 20) + 1;
        tell(
                Level.NOTE,
                bytes <= options.memory()
                        ? "they take " + mib + " MiB of memory"
                        : "they take " + mib + " MiB, more than the " + (options.memory() >> 20)
                                + " MiB of data.memory_mib; what is more goes to a file in " + config.output()
                                + " as long as the run lasts");
    }

    private void validation(Path set, Doubles doubles) throws IOException {
        if (!Files.isDirectory(set)) {
            tell(Level.PROBLEM, "validation.sets: " + set + ": there is no such folder");
            return;
        }
        List<Survey.Measured> measured;
        try {
            measured = Survey.measured(set);
        } catch (ConfigRefused e) {
            tell(Level.PROBLEM, "validation.sets: " + e.getMessage());
            return;
        }
        measured.stream()
                .filter(picture -> picture.print().isEmpty())
                .forEach(picture -> tell(Level.PROBLEM, "validation.sets: " + picture.problem()));
        tell(Level.NOTE, set + ": " + measured.size() + " pictures to measure on");
        doubles.of(measured);
    }
}
