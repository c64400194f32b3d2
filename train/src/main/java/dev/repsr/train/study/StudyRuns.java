package dev.repsr.train.study;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.repsr.format.ModelFile;
import dev.repsr.io.FolderLock;
import dev.repsr.io.Sha256;
import dev.repsr.merge.ReceiptRefused;
import dev.repsr.metric.BenchmarkImage;
import dev.repsr.metric.BenchmarkSet;
import dev.repsr.metric.ImageScore;
import dev.repsr.metric.SetScore;
import dev.repsr.train.EngineChoice;
import dev.repsr.train.RunPictures;
import dev.repsr.train.TrainResult;
import dev.repsr.train.TrainRun;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.engine.Ranks;
import dev.repsr.train.engine.TrainingDiverged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs what a study plans: those that are finished already are read, the others trained, some at a time, each in one thread. A run that
 * was interrupted goes on from its checkpoint.
 */
final class StudyRuns implements AutoCloseable {
    /** Changes when the meaning of a line does, so that older ones are not taken for it. */
    private static final String FORMAT = "1";

    private static final int KEY_DIGITS = 16;
    private static final int SAVES = 4;

    private final StudyOptions options;
    private final StudyProgress progress;
    private final RunStore<RunRecord> store;
    private final TrainConfig base;
    private final FolderLock lock;
    private final Map<Integer, RunPictures> pictures = new ConcurrentHashMap<>();
    private final Set<TrainRun> active = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    private StudyRuns(
            StudyOptions options,
            StudyProgress progress,
            RunStore<RunRecord> store,
            TrainConfig base,
            RunPictures basePictures,
            FolderLock lock) {
        this.options = options;
        this.progress = progress;
        this.store = store;
        this.base = base;
        this.lock = lock;
        pictures.put(base.scale(), basePictures);
    }

    /** A run, what it is known by, and its configuration. */
    private record Job(PlannedRun run, String key, TrainConfig config) {}

    /**
     * Reads pictures and finished runs.
     *
     * @param study name of the study
     * @throws ConfigRefused if the configuration is refused, measures nothing, or the folder holds other runs
     */
    static StudyRuns open(String study, StudyOptions options, StudyProgress progress) throws IOException {
        TrainConfig base = TrainConfig.read(options.config(), with(options, options.folder(), List.of()));
        if (base.validation().sets().isEmpty() && base.validation().holdOut() == 0) {
            throw new ConfigRefused(
                    ConfigRefused.Kind.USAGE,
                    options.config()
                            + ": a study compares what it measures; name folders in validation.sets, or keep pictures"
                            + " apart with validation.hold_out");
        }
        EngineChoice.of(base, Ranks.ALONE);
        FolderLock lock = lock(options.folder());
        try {
            return open(study, options, progress, base, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static StudyRuns open(
            String study, StudyOptions options, StudyProgress progress, TrainConfig base, FolderLock lock)
            throws IOException {
        RunPictures pictures = RunPictures.load(base, progress::message);
        try {
            Map<String, List<String>> names = new LinkedHashMap<>();
            for (BenchmarkSet set : pictures.sets()) {
                names.put(
                        set.name(),
                        set.images().stream().map(BenchmarkImage::name).toList());
            }
            RunStore<RunRecord> store =
                    RunStore.open(options.folder(), new RunStore.Head(study, names), RunRecord.class);
            return new StudyRuns(options, progress, store, base, pictures, lock);
        } catch (IOException | RuntimeException e) {
            pictures.close();
            throw e;
        }
    }

    static FolderLock lock(Path folder) throws IOException {
        try {
            return FolderLock.tryLock(folder)
                    .orElseThrow(() -> new ConfigRefused(
                            ConfigRefused.Kind.DATA, folder + ": another process conducts a study in this folder"));
        } catch (ConfigRefused e) {
            throw e;
        } catch (IOException e) {
            throw new ConfigRefused(
                    ConfigRefused.Kind.DATA,
                    folder + ": this folder cannot be made or written to; choose another output folder",
                    e);
        }
    }

    private static List<String> with(StudyOptions options, Path output, List<String> more) {
        List<String> all = new ArrayList<>(options.overrides());
        all.addAll(more);
        all.add("output=\""
                + output.toAbsolutePath().toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        return all;
    }

    RunStore<RunRecord> store() {
        return store;
    }

    TrainConfig base() {
        return base;
    }

    /** Asks all runs to save their state and end. */
    void stop() {
        stopped = true;
        active.forEach(TrainRun::stop);
    }

    /** Why no engine that is here trains a run; nothing if one does. */
    Optional<String> refusal(PlannedRun run) throws ConfigRefused {
        TrainConfig config = config(run, "refusal");
        try {
            EngineChoice.of(config, Ranks.ALONE);
            return Optional.empty();
        } catch (ConfigRefused e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** How many numbers an arm trains, statistics not among them. */
    long trainedParameters(Size size, Arm arm) throws ConfigRefused {
        PlannedRun run =
                new PlannedRun(PlannedRun.SEARCH, size, arm, base.optimiser().rate(), 1, 1, 1);
        return TrainRun.trainedParameters(config(run, "unknown"));
    }

    /**
     * Gives the runs' results, in their order; trains those that are missing.
     *
     * @throws StudyStopped if {@link #stop} was called before all were done
     */
    List<RunRecord> all(List<PlannedRun> runs) throws IOException, InterruptedException, StudyStopped {
        List<Job> jobs = new ArrayList<>();
        Map<String, Job> missing = new LinkedHashMap<>();
        for (PlannedRun run : runs) {
            Job job = job(run);
            jobs.add(job);
            if (store.get(job.key).isPresent()) {
                progress.had(run);
            } else {
                missing.putIfAbsent(job.key, job);
            }
        }
        train(List.copyOf(missing.values()));
        return jobs.stream().map(job -> store.get(job.key).orElseThrow()).toList();
    }

    private void train(List<Job> jobs) throws IOException, InterruptedException, StudyStopped {
        ExecutorService workers = Executors.newFixedThreadPool(options.jobs());
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            jobs.forEach(job -> results.add(workers.submit(() -> train(job))));
            boolean all = true;
            for (Future<Boolean> result : results) {
                all &= result.get();
            }
            if (!all || stopped) {
                throw new StudyStopped();
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            if (cause instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException("a run of the study failed", cause);
        } finally {
            active.forEach(TrainRun::stop);
            workers.close();
        }
    }

    private TrainConfig config(PlannedRun run, String key) throws ConfigRefused {
        List<String> settings = new ArrayList<>(
                run.settings(base.optimiser().finalRate() / base.optimiser().rate()));
        settings.addAll(run.habits(SAVES));
        settings.add("name=" + name(run));
        return TrainConfig.read(options.config(), with(options, folder(key), settings));
    }

    private Path folder(String key) {
        return options.folder().resolve("runs").resolve(key);
    }

    private static String name(PlannedRun run) {
        String text = run.size().name() + "-" + run.arm().name() + "-s" + run.seed();
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private Job job(PlannedRun run) throws IOException {
        TrainConfig config = config(run, "unknown");
        RunPictures measured = pictures(config);
        String all = String.join(
                "\n",
                FORMAT,
                config.configHash(),
                EngineChoice.of(config, Ranks.ALONE).kind().label(),
                config.start().from().toString(),
                measured.digest(),
                measured.measuredDigest(),
                Long.toString(config.validation().every()),
                Boolean.toString(run.thorough()));
        String key = Sha256.hex(all.getBytes(UTF_8)).substring(0, KEY_DIGITS);
        return new Job(run, key, config(run, key));
    }

    private RunPictures pictures(TrainConfig config) throws IOException {
        RunPictures known = pictures.get(config.scale());
        if (known == null) {
            TrainConfig other = TrainConfig.read(
                    options.config(), with(options, options.folder(), List.of("scale=" + config.scale())));
            known = RunPictures.load(other, progress::message);
            pictures.put(config.scale(), known);
        }
        return known;
    }

    /** False if it was stopped. */
    private boolean train(Job job) throws IOException, InterruptedException {
        RunFiles files = new RunFiles(job.config.output());
        RunMeter meter = new RunMeter(job.config.output(), step -> progress.at(job.key, job.run, step.iteration()));
        boolean resume = files.checkpoint().isPresent()
                && meter.resume(files.checkpoint().getAsLong());
        if (!resume) {
            files.clear();
        }
        TrainRun run = new TrainRun(job.config, meter);
        active.add(run);
        try {
            if (stopped) {
                return false;
            }
            Optional<TrainResult> result = run.run(resume, pictures(job.config));
            if (result.isEmpty()) {
                return false;
            }
            finish(job, record(job, meter, result.get(), files));
        } catch (TrainingDiverged | ReceiptRefused e) {
            finish(job, failed(job, meter, String.valueOf(e.getMessage())));
        } finally {
            active.remove(run);
        }
        files.keepModel(job.run.thorough());
        return true;
    }

    private void finish(Job job, RunRecord record) throws IOException {
        progress.finished(job.key, job.run, store.add(record));
    }

    private RunRecord record(Job job, RunMeter meter, TrainResult result, RunFiles files) throws IOException {
        boolean thorough = job.run.thorough();
        Map<String, RunRecord.Score> sets = new LinkedHashMap<>();
        result.sets().forEach(set -> sets.put(set.name(), score(set, thorough)));
        boolean own = thorough && job.run.seed() == base.seed();
        return record(
                job,
                meter,
                ModelFile.open(result.model()).network().parameters(),
                result.receipt().maxDifference(),
                sets,
                own ? files.ownStatistics(pictures(job.config).sets()) : Map.of(),
                thorough ? meter.curve() : List.of(),
                "");
    }

    private RunRecord failed(Job job, RunMeter meter, String why) {
        return record(job, meter, 0, 0, Map.of(), Map.of(), meter.curve(), why);
    }

    private RunRecord record(
            Job job,
            RunMeter meter,
            long parameters,
            double receipt,
            Map<String, RunRecord.Score> sets,
            Map<String, List<Double>> own,
            List<List<Double>> curve,
            String failure) {
        PlannedRun run = job.run;
        List<String> settings = new ArrayList<>(options.overrides());
        settings.addAll(
                run.settings(base.optimiser().finalRate() / base.optimiser().rate()));
        return new RunRecord(
                job.key,
                run.stage(),
                run.size().name(),
                run.arm().name(),
                run.seed(),
                run.rate(),
                run.iterations(),
                String.join(" ", settings),
                engine(job.config),
                RunRecord.rounded(meter.coreSeconds()),
                RunRecord.rounded(meter.stepMillis()),
                parameters,
                receipt,
                sets,
                own,
                curve,
                meter.fall(),
                failure);
    }

    private static String engine(TrainConfig config) {
        try {
            return EngineChoice.of(config, Ranks.ALONE).kind().label();
        } catch (ConfigRefused e) {
            throw new IllegalStateException("a run without an engine has run", e);
        }
    }

    static RunRecord.Score score(SetScore set, boolean thorough) {
        return new RunRecord.Score(
                RunRecord.rounded(set.psnrY()),
                RunRecord.rounded(set.psnrRgb()),
                thorough ? each(set, true) : null,
                thorough ? each(set, false) : null);
    }

    private static List<Double> each(SetScore set, boolean luma) {
        return set.images().stream()
                .map((ImageScore image) -> RunRecord.rounded(luma ? image.psnrY() : image.psnrRgb()))
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (RunPictures shared : pictures.values()) {
            shared.close();
        }
        lock.close();
    }
}
