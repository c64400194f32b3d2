package dev.repsr.train.study;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.repsr.Models;
import dev.repsr.engine.Engine;
import dev.repsr.engine.EngineSpeed;
import dev.repsr.engine.Engines;
import dev.repsr.engine.EnlargedRows;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFormat;
import dev.repsr.format.ModelRefused;
import dev.repsr.image.Picture;
import dev.repsr.io.FolderLock;
import dev.repsr.io.Sha256;
import dev.repsr.metric.BenchmarkImage;
import dev.repsr.metric.BenchmarkSet;
import dev.repsr.metric.SetScore;
import dev.repsr.train.RunPictures;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.study.StudyListener.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The study of quality against throughput: finished networks of one scale, the built-in ones and files, on the validation sets of a
 * configuration and by the clock, in this program's engine and one thread. Networks are timed in rounds, all in each, so that what else
 * the machine does meets all of them.
 */
public final class NetworkConduct {
    private static final long MEMORY = 1L << 30;
    private static final int KEY_DIGITS = 16;
    private static final int ROUNDS = 3;
    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;
    private static final int QUICK_WIDTH = 96;
    private static final int QUICK_HEIGHT = 64;
    private static final double MEGA = 1e6;
    private static final double MILLIS = 1000;

    private final StudyOptions options;
    private final @Nullable Path models;
    private final StudyListener listener;
    private volatile boolean stopped;

    /**
     * A study that has not begun.
     *
     * @param models folder of model files; null for the built-in networks alone
     */
    public NetworkConduct(StudyOptions options, @Nullable Path models, StudyListener listener) {
        this.options = options;
        this.models = models;
        this.listener = listener;
    }

    /**
     * A network that is measured.
     *
     * @param builtIn whether it comes with the program
     */
    record Entrant(Model model, boolean builtIn) {}

    /** Asks a study in another thread to end after the measurement at hand. */
    public void stop() {
        stopped = true;
    }

    /**
     * Measures what is not measured yet, and reports.
     *
     * @return the page, or nothing if {@link #stop} ended it early
     * @throws ConfigRefused if the configuration is refused, pictures or models are missing, or the folder holds another study
     * @throws IOException if something cannot be written
     */
    public Optional<Path> run() throws IOException {
        TrainConfig config = TrainConfig.read(options.config(), options.overrides());
        List<BenchmarkSet> sets = sets(config);
        List<String> refused = new ArrayList<>();
        List<Entrant> entrants = entrants(config.scale(), refused);
        refused.forEach(listener::message);
        FolderLock lock = StudyRuns.lock(options.folder());
        try {
            return conduct(config.scale(), sets, entrants, refused);
        } finally {
            lock.close();
        }
    }

    private Optional<Path> conduct(int scale, List<BenchmarkSet> sets, List<Entrant> entrants, List<String> refused)
            throws IOException {
        Map<String, List<String>> names = new LinkedHashMap<>();
        sets.forEach(set -> names.put(
                set.name(), set.images().stream().map(BenchmarkImage::name).toList()));
        RunStore<NetworkRecord> store =
                RunStore.open(options.folder(), new RunStore.Head("networks", names), NetworkRecord.class);
        List<NetworkRecord> records = new ArrayList<>();
        int rounds = options.quick() ? 1 : ROUNDS;
        for (int round = 1; round <= rounds; round++) {
            for (Entrant entrant : entrants) {
                if (stopped) {
                    return Optional.empty();
                }
                records.add(measured(entrant, round, sets, store, (double) records.size() / rounds / entrants.size()));
            }
        }
        return Optional.of(new NetworkReport(options, scale, names, records, refused).write());
    }

    private static List<BenchmarkSet> sets(TrainConfig config) throws IOException {
        if (config.validation().sets().isEmpty()) {
            throw new ConfigRefused(
                    ConfigRefused.Kind.USAGE,
                    "validation.sets is empty; the study of networks measures on these folders of pictures, so name one");
        }
        return RunPictures.measured(config);
    }

    private List<Entrant> entrants(int scale, List<String> refused) throws IOException {
        List<Entrant> entrants = new ArrayList<>();
        for (Models.BuiltIn builtIn : Models.list()) {
            if (builtIn.scale() == scale) {
                entrants.add(new Entrant(Models.open(builtIn.name()), true));
            }
        }
        for (Path file : files()) {
            try {
                Model model = Models.open(file.toString());
                if (model.network().scale() == scale) {
                    entrants.add(new Entrant(model, false));
                }
            } catch (ModelRefused e) {
                refused.add(file.getFileName() + " was left out: " + e.getMessage());
            }
        }
        if (entrants.isEmpty()) {
            throw new ConfigRefused(
                    ConfigRefused.Kind.DATA,
                    "there is no network of scale " + scale + ", neither built in nor in the folder of --models");
        }
        return entrants;
    }

    private List<Path> files() throws IOException {
        if (models == null) {
            return List.of();
        }
        if (!Files.isDirectory(models)) {
            throw new ConfigRefused(ConfigRefused.Kind.DATA, models + ": there is no such folder of models");
        }
        try (Stream<Path> all = Files.list(models)) {
            return all.filter(file ->
                            ModelFormat.ofName(file.getFileName().toString()).isPresent())
                    .sorted()
                    .toList();
        }
    }

    private NetworkRecord measured(
            Entrant entrant, int round, List<BenchmarkSet> sets, RunStore<NetworkRecord> store, double share)
            throws IOException {
        Model model = entrant.model;
        int width = options.quick() ? QUICK_WIDTH : WIDTH;
        int height = options.quick() ? QUICK_HEIGHT : HEIGHT;
        String key = key(model, round, width, sets);
        Optional<NetworkRecord> known = store.get(key);
        if (known.isPresent()) {
            return known.get();
        }
        String words = model.name() + ", round " + round;
        listener.running(words, 0, 1, new State(store.size(), share, Double.NaN));
        Engine engine = Engines.choose("auto");
        PreparedNetwork prepared = engine.prepare(model.network());
        EngineSpeed speed = EngineSpeed.measure(prepared, width, height, 1, MEMORY);
        NetworkRecord record = new NetworkRecord(
                key,
                model.name(),
                entrant.builtIn,
                round,
                model.network().size(),
                model.network().parameters(),
                speed.engine(),
                RunRecord.rounded(speed.millis()),
                RunRecord.rounded(width * height / MEGA / (speed.millis() / MILLIS)),
                speed.peakGflops() > 0 ? RunRecord.rounded(speed.peakShare()) : 0,
                scores(prepared, sets));
        listener.finished(words, store.add(record), new State(store.size(), share, Double.NaN));
        return record;
    }

    private static String key(Model model, int round, int width, List<BenchmarkSet> sets) {
        StringBuilder text = new StringBuilder(model.name())
                .append('\n')
                .append(round)
                .append('\n')
                .append(width);
        model.network()
                .weights()
                .tensors()
                .forEach((name, tensor) -> text.append(name).append(Arrays.hashCode(tensor.toArray())));
        sets.forEach(set -> set.images().forEach(image -> text.append(image.bicubic())));
        return Sha256.hex(text.toString().getBytes(UTF_8)).substring(0, KEY_DIGITS);
    }

    private static Map<String, RunRecord.Score> scores(PreparedNetwork prepared, List<BenchmarkSet> sets)
            throws IOException {
        Map<String, RunRecord.Score> scores = new LinkedHashMap<>();
        for (BenchmarkSet set : sets) {
            SetScore score = set.score(
                    lr -> {
                        try (EnlargedRows rows = new EnlargedRows(prepared, lr.rows(), 1, MEMORY)) {
                            return Picture.read(rows);
                        }
                    },
                    (image, sr) -> {});
            scores.put(set.name(), StudyRuns.score(score, true));
        }
        return scores;
    }
}
