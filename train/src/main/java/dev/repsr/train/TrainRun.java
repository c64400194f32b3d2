package dev.repsr.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.repsr.engine.Engines;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.Safetensors;
import dev.repsr.io.AtomicFile;
import dev.repsr.io.Sha256;
import dev.repsr.merge.Merge;
import dev.repsr.merge.TrainingFile;
import dev.repsr.network.Weights;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.Schedule;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.data.Batch;
import dev.repsr.train.data.BatchLoader;
import dev.repsr.train.data.PatchShape;
import dev.repsr.train.data.TrainingSet;
import dev.repsr.train.data.TrainingSetOptions;
import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.Goal;
import dev.repsr.train.engine.InitialWeights;
import dev.repsr.train.engine.Phase;
import dev.repsr.train.engine.Position;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.Ranks;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.engine.TrainingDiverged;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One training run from configuration to model file: patches, network from blocks, loop of batch, loss, step and
 * batch-normalisation phase, checkpoints, validation, merge, proof, export.
 *
 * <p>The weights after N iterations depend on the configuration, the pictures and the number of threads alone, however
 * often the run was stopped and resumed.
 *
 * <p>Several processes may share each batch ({@link Ranks}). The first of them reads and writes the output folder, measures and
 * tells how it goes on; the others compute their share and say only what keeps them from it.
 */
public final class TrainRun {
    private static final String ITERATION = "iteration";
    private static final String PHASE = "phase";
    private static final String ESTIMATED = "estimated_batches";
    private static final String CONFIG_HASH = "config_sha256";
    private static final String PICTURES_HASH = "pictures_sha256";
    private static final String ENGINE = "engine";

    /** Keeps the batches that statistics are estimated from apart from those that are trained on. */
    private static final long STATISTICS_STREAM = 0x5157_4154_4953_5449L;

    private static final int DIGITS_OF_A_LONG = 16;

    private final TrainConfig config;
    private final Ranks ranks;
    private final TrainerSettings settings;
    private final EngineChoice engine;
    private final TrainListener listener;
    private final Checkpoints checkpoints;
    private volatile boolean stopped;
    private boolean complete;
    private String picturesHash = "";

    /**
     * A run that has not begun, of this process alone.
     *
     * @throws ConfigRefused if no engine that is here trains it
     */
    public TrainRun(TrainConfig config, TrainListener listener) throws ConfigRefused {
        this(config, Ranks.ALONE, listener);
    }

    /**
     * A run that has not begun.
     *
     * @param ranks the place of this process
     * @throws IllegalArgumentException if the processes cannot share a batch evenly
     * @throws ConfigRefused if no engine that is here trains it
     */
    public TrainRun(TrainConfig config, Ranks ranks, TrainListener listener) throws ConfigRefused {
        this.config = config;
        this.ranks = ranks;
        settings = RunSettings.of(config, ranks);
        engine = EngineChoice.of(config, ranks);
        this.listener = listener;
        checkpoints = new Checkpoints(config.output(), config.checkpoint().keep());
    }

    /** How many numbers the network of a run has while it is trained, statistics not among them. */
    public static long trainedParameters(TrainConfig config) {
        return RunSettings.of(config, Ranks.ALONE).parameters().values().stream()
                .mapToLong(shape -> Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b))
                .sum();
    }

    /** Asks a run in another thread to save its state and end; {@link #run} then returns nothing. */
    public void stop() {
        stopped = true;
    }

    /** Whether all iterations are done. */
    public boolean complete() {
        return complete;
    }

    /** Tells how a run goes on; nobody, in all processes but the first. */
    @FunctionalInterface
    private interface Steps {
        void done(long steps, float loss, double rate, Trainer trainer, double waited) throws IOException;
    }

    /**
     * Trains to the end.
     *
     * @param resume go on from the newest checkpoint in the output folder; without one the run starts anew
     * @return what was made, or nothing if {@link #stop} ended the run early (the state is saved then) or this is not the first
     *     of several processes
     * @throws ConfigRefused if data are missing, or the folder holds another run
     * @throws dev.repsr.merge.ReceiptRefused if the merged network is not the trained function; no model is written then
     * @throws IOException if something cannot be written, training diverges, or another process is gone
     */
    public Optional<TrainResult> run(boolean resume) throws IOException, InterruptedException {
        if (!ranks.isFirst()) {
            follow();
            return Optional.empty();
        }
        try (RunFolder folder = RunFolder.open(config, resume, checkpoints);
                RunPictures pictures = RunPictures.load(config, listener::message)) {
            return run(resume, folder, pictures);
        }
    }

    /**
     * As {@link #run(boolean)} in one process, with pictures that other runs may share.
     *
     * @param pictures read for this configuration, or for one with the same pictures; they stay open
     */
    public Optional<TrainResult> run(boolean resume, RunPictures pictures) throws IOException, InterruptedException {
        try (RunFolder folder = RunFolder.open(config, resume, checkpoints)) {
            return run(resume, folder, pictures);
        }
    }

    private Optional<TrainResult> run(boolean resume, RunFolder folder, RunPictures pictures)
            throws IOException, InterruptedException {
        listener.message(engine.sentence());
        Optional<Safetensors> newest = resume ? checkpoints.newest(listener::message) : Optional.empty();
        picturesHash = pictures.digest();
        Validation validation = pictures.validation();
        try (Collective processes = EngineChoice.meet(ranks);
                Trainer trainer = engine.open(settings, newest.isPresent() ? fresh() : initial(), processes)) {
            long started = System.nanoTime();
            long iteration = newest.isPresent() ? restore(trainer, newest.get()) : 0;
            if (resume && newest.isEmpty()) {
                listener.message(config.output() + ": no checkpoint yet, the run starts anew");
            }
            try (RunRecords records =
                    RunRecords.open(config, folder.path(), validation.names(), iteration, listener::message)) {
                meet(trainer, processes);
                Progress progress = new Progress(config, listener, records, validation, iteration);
                if (newest.isEmpty() && config.start().given().isPresent()) {
                    progress.start(trainer);
                }
                if (!train(trainer, processes, pictures.training(), progress::step)) {
                    return Optional.empty();
                }
                double seconds = (System.nanoTime() - started) / 1e9;
                return Optional.of(export(trainer, validation, records, seconds));
            }
        }
    }

    /** Computes a share of each batch. */
    private void follow() throws IOException, InterruptedException {
        try (TrainingSet pictures = TrainingSet.load(TrainingSetOptions.of(config, ranks.rank()), sentence -> {})) {
            picturesHash = pictures.digest();
            try (Collective processes = EngineChoice.meet(ranks);
                    Trainer trainer = engine.open(settings, fresh(), processes)) {
                meet(trainer, processes);
                train(trainer, processes, pictures, (steps, loss, rate, same, waited) -> {});
            }
        }
    }

    /** Makes sure that all processes do the same, and gives all the state of the first. */
    private void meet(Trainer trainer, Collective processes) throws IOException {
        String all = config.configHash() + picturesHash + engine.kind().label();
        String digest = Sha256.hex(all.getBytes(UTF_8));
        long own = Long.parseUnsignedLong(digest.substring(0, DIGITS_OF_A_LONG), 16);
        long[] first = {own};
        processes.fromFirst(first);
        if (first[0] != own) {
            throw new ConfigRefused(
                    ConfigRefused.Kind.DATA,
                    "process " + ranks.rank() + " has another configuration or other pictures than process 0, or"
                            + " another engine; start all of them with the same");
        }
        trainer.synchronise();
    }

    private Weights fresh() {
        return InitialWeights.of(settings.topology(), config.seed());
    }

    private Weights initial() throws IOException {
        Optional<Path> from = config.start().given();
        return from.isPresent() ? WarmStart.from(from.get(), settings.topology(), fresh()) : fresh();
    }

    /** False if the run was stopped before its end. */
    private boolean train(Trainer trainer, Collective processes, TrainingSet pictures, Steps progress)
            throws IOException, InterruptedException {
        long first = trainer.position().steps();
        long total = config.optimiser().iterations();
        long batchIterations = config.batchStatisticsIterations();
        Schedule schedule = config.schedule();
        long firstBatch = first * config.optimiser().accumulate();
        try (BatchLoader loader = new BatchLoader(pictures, shape(), config.seed(), firstBatch)) {
            for (long iteration = first; iteration < total; iteration++) {
                if (iteration >= batchIterations && trainer.phase() != Phase.FROZEN) {
                    if (!estimate(trainer, processes, pictures)) {
                        save(trainer, iteration);
                        return false;
                    }
                    trainer.freeze();
                }
                double rate = schedule.rateAt(iteration);
                float loss = processes.meanOf(step(trainer, loader, iteration, rate));
                long done = iteration + 1;
                progress.done(done, loss, rate, trainer, loader.waitedSeconds());
                boolean stop = isStopped(processes);
                if (done % config.checkpoint().every() == 0 || done == total || stop) {
                    save(trainer, done);
                }
                if (stop && done < total) {
                    return false;
                }
            }
        }
        complete = true;
        return true;
    }

    /** One update from as many batches as are accumulated; their mean absolute error. */
    private float step(Trainer trainer, BatchLoader loader, long iteration, double rate)
            throws IOException, InterruptedException {
        int parts = config.optimiser().accumulate();
        Goal goal = RunSettings.goal(config, iteration);
        long number = iteration * parts;
        try {
            float loss = 0;
            for (int part = 0; part < parts; part++) {
                number = iteration * parts + part;
                Batch batch = loader.next();
                loss += trainer.accumulate(batch.lr(), batch.hr(), goal, parts) / parts;
            }
            trainer.update(rate);
            return loss;
        } catch (TrainingDiverged e) {
            TrainingDiverged named =
                    new TrainingDiverged(e.getMessage() + ", batch " + number + " of the run (from 0, seed "
                            + config.seed() + "); the newest checkpoint in " + config.output()
                            + " is from before; a lower optimiser.rate or an optimiser.clip keeps training stable");
            named.initCause(e);
            throw named;
        }
    }

    /** Re-estimates the population statistics with the weights as they are; false if the run is stopped meanwhile. */
    private boolean estimate(Trainer trainer, Collective processes, TrainingSet pictures)
            throws IOException, InterruptedException {
        int batches = config.batchStatisticsIterations() > 0 ? config.bn().reestimateBatches() : 0;
        int first = trainer.position().estimated();
        if (first >= batches) {
            return true;
        }
        try (BatchLoader loader = new BatchLoader(pictures, shape(), config.seed() ^ STATISTICS_STREAM, first)) {
            for (int i = first; i < batches; i++) {
                trainer.estimateStatistics(loader.next().lr());
                listener.estimated(i + 1, batches);
                if (isStopped(processes)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether any process has been asked to stop: all must do so after the same step. */
    private boolean isStopped(Collective processes) throws RankLost {
        return processes.meanOf(stopped ? 1 : 0) > 0;
    }

    private PatchShape shape() {
        return PatchShape.of(config).share(ranks.rank(), ranks.size());
    }

    private long restore(Trainer trainer, Safetensors newest) throws IOException {
        Map<String, String> metadata = newest.metadata();
        if (!config.configHash().equals(metadata.get(CONFIG_HASH))) {
            throw new ConfigRefused(
                    ConfigRefused.Kind.USAGE,
                    config.output() + ": its checkpoints belong to another configuration; choose another output folder,"
                            + " or go on with the configuration that it was begun with");
        }
        if (!picturesHash.equals(metadata.getOrDefault(PICTURES_HASH, picturesHash))) {
            throw new ConfigRefused(
                    ConfigRefused.Kind.DATA,
                    config.output() + ": its checkpoints were trained on other pictures than data.train holds now; put"
                            + " those back, or choose another output folder");
        }
        long iteration = Long.parseLong(metadata.getOrDefault(ITERATION, "0"));
        Phase phase = Phase.of(metadata.getOrDefault(PHASE, Phase.BATCH.label()));
        long frozen = Math.max(0, iteration - config.batchStatisticsIterations());
        int estimated = Integer.parseInt(metadata.getOrDefault(ESTIMATED, "0"));
        trainer.restore(newest.weights(), new Position(phase, estimated, iteration, frozen));
        listener.message("goes on after iteration " + iteration);
        String before = metadata.getOrDefault(ENGINE, EngineChoice.Kind.TORCH.label());
        if (!before.equals(engine.kind().label())) {
            listener.message("engine: " + before + " came as far as this; the bits from here on are those of engine: "
                    + engine.kind().label());
        }
        return iteration;
    }

    private void save(Trainer trainer, long iteration) throws IOException {
        if (trainer.phase() != Phase.FROZEN) {
            trainer.averageStatistics();
        }
        if (!ranks.isFirst()) {
            return;
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        TrainingFile.putTopology(metadata, settings.topology(), settings.epsilon());
        metadata.put(
                TrainingFile.RESULT, trainer.averages() ? TrainingFile.RESULT_AVERAGE : TrainingFile.RESULT_NEWEST);
        metadata.put(ITERATION, Long.toString(iteration));
        metadata.put(PHASE, trainer.phase().label());
        metadata.put(ESTIMATED, Integer.toString(trainer.position().estimated()));
        metadata.put(CONFIG_HASH, config.configHash());
        metadata.put(PICTURES_HASH, picturesHash);
        metadata.put(ENGINE, engine.kind().label());
        metadata.putAll(description(iteration));
        listener.checkpoint(checkpoints.save(iteration, new Safetensors(trainer.state(), metadata)));
    }

    /** What a model file says of its training. */
    private Map<String, String> description(long iteration) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(ModelFile.NAME, config.name());
        metadata.put(ModelFile.LICENCE, config.model().licence());
        metadata.put(ModelFile.DATA_SET, config.model().dataSet());
        metadata.put(ModelFile.SEED, Long.toString(config.seed()));
        metadata.put(ModelFile.ITERATIONS, Long.toString(iteration));
        metadata.put(ModelFile.RECIPE, config.canonicalText());
        return metadata;
    }

    private TrainResult export(Trainer trainer, Validation validation, RunRecords records, double seconds)
            throws IOException {
        Merge merge = Merge.of(trainer.result(), Engines.available(), trainer::evaluate);
        Map<String, String> metadata = description(config.optimiser().iterations());
        metadata.put(ModelFile.RECEIPT, merge.receipt().toJson());
        Path file = config.output().resolve(config.name() + ".safetensors");
        Model model = new Model(config.name(), merge.network(), metadata);
        AtomicFile.write(file, out -> ModelFile.write(model, out));
        Validation.Outcome outcome = validation.measure(merge.network());
        List<Judgement> judgements = Judgement.of(config, outcome.sets(), records.start());
        List<String> warnings = judgements.stream().map(Judgement::warning).toList();
        warnings.forEach(listener::message);
        TrainResult result = new TrainResult(
                file, config.optimiser().iterations(), seconds, merge.receipt(), outcome.sets(), warnings);
        records.finished(result, outcome, judgements);
        return result;
    }
}
