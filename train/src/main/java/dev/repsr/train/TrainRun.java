package dev.repsr.train;

import dev.repsr.block.Block;
import dev.repsr.block.PlainConv;
import dev.repsr.block.RepSrBlock;
import dev.repsr.engine.Engines;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import dev.repsr.format.Safetensors;
import dev.repsr.io.AtomicFile;
import dev.repsr.merge.Merge;
import dev.repsr.merge.TrainingFile;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.Schedule;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.data.Batch;
import dev.repsr.train.data.BatchLoader;
import dev.repsr.train.data.PatchShape;
import dev.repsr.train.data.TrainingSet;
import dev.repsr.train.data.TrainingSetOptions;
import dev.repsr.train.torch.Objective;
import dev.repsr.train.torch.Phase;
import dev.repsr.train.torch.Trainer;
import dev.repsr.train.torch.TrainerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One training run from configuration to model file: patches, network from blocks, loop of batch, loss, step and
 * batch-normalisation phase, checkpoints, validation, merge, proof, export.
 *
 * <p>The weights after N iterations depend on the configuration, the pictures and the number of threads alone, however
 * often the run was stopped and resumed.
 */
public final class TrainRun {
    private static final String ITERATION = "iteration";
    private static final String PHASE = "phase";
    private static final String CONFIG_HASH = "config_sha256";
    private static final String PICTURES_HASH = "pictures_sha256";

    /** Keeps the batches that statistics are estimated from apart from those that are trained on. */
    private static final long STATISTICS_STREAM = 0x5157_4154_4953_5449L;

    private final TrainConfig config;
    private final TrainListener listener;
    private final Checkpoints checkpoints;
    private volatile boolean stopped;
    private String picturesHash = "";

    /** A run that has not begun. */
    public TrainRun(TrainConfig config, TrainListener listener) {
        this.config = config;
        this.listener = listener;
        checkpoints = new Checkpoints(config.output(), config.checkpoint().keep());
    }

    /** Asks a run in another thread to save its state and end; {@link #run} then returns nothing. */
    public void stop() {
        stopped = true;
    }

    /**
     * Trains to the end.
     *
     * @param resume go on from the newest checkpoint in the output folder; without one the run starts anew
     * @return what was made, or nothing if {@link #stop} ended the run early (the state is saved then)
     * @throws ConfigRefused if data are missing, or the folder holds another run
     * @throws dev.repsr.merge.ReceiptRefused if the merged network is not the trained function; no model is written then
     * @throws IOException if something cannot be written, or training diverges
     */
    public Optional<TrainResult> run(boolean resume) throws IOException, InterruptedException {
        try (RunFolder folder = RunFolder.open(config, resume, checkpoints);
                TrainingSet pictures = TrainingSet.load(TrainingSetOptions.of(config), listener::message);
                Trainer trainer = new Trainer(settings(config), config.seed())) {
            long started = System.nanoTime();
            picturesHash = pictures.digest();
            Validation validation = Validation.load(config, pictures.heldOut());
            long iteration = resume ? restore(trainer) : 0;
            try (RunRecords records =
                    RunRecords.open(config, folder.path(), validation.names(), iteration, listener::message)) {
                if (!train(trainer, pictures, validation, records, iteration)) {
                    return Optional.empty();
                }
                double seconds = (System.nanoTime() - started) / 1e9;
                return Optional.of(export(trainer, validation, records, seconds));
            }
        }
    }

    /** False if the run was stopped before its end. */
    private boolean train(Trainer trainer, TrainingSet pictures, Validation validation, RunRecords records, long first)
            throws IOException, InterruptedException {
        long total = config.optimiser().iterations();
        long batchIterations = config.batchStatisticsIterations();
        Schedule schedule = config.schedule();
        try (BatchLoader loader = new BatchLoader(pictures, PatchShape.of(config), config.seed(), first)) {
            Progress progress = new Progress(config, listener, records, validation, first, loader::waitedSeconds);
            for (long iteration = first; iteration < total; iteration++) {
                if (iteration >= batchIterations && trainer.phase() == Phase.BATCH) {
                    freeze(trainer, pictures);
                }
                Batch batch = loader.next();
                double rate = schedule.rateAt(iteration);
                double luma = config.optimiser().lumaWeight();
                float loss = trainer.step(batch.lr(), batch.hr(), rate, objective(config.lossAt(iteration)), luma);
                long done = iteration + 1;
                progress.step(done, loss, rate, trainer);
                if (done % config.checkpoint().every() == 0 || done == total || stopped) {
                    save(trainer, done);
                }
                if (stopped && done < total) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Objective objective(TrainConfig.Loss loss) {
        return switch (loss) {
            case L1 -> Objective.ABSOLUTE;
            case MSE -> Objective.SQUARED;
            case PSNR -> Objective.LOGARITHMIC;
        };
    }

    /** Re-estimates the population statistics with the weights as they are, then freezes them. */
    private void freeze(Trainer trainer, TrainingSet pictures) throws IOException, InterruptedException {
        int batches = config.bn().reestimateBatches();
        if (config.batchStatisticsIterations() > 0) {
            try (BatchLoader loader =
                    new BatchLoader(pictures, PatchShape.of(config), config.seed() ^ STATISTICS_STREAM, 0)) {
                for (int i = 0; i < batches; i++) {
                    trainer.estimateStatistics(loader.next().lr(), i);
                }
            }
        }
        trainer.freeze();
    }

    private long restore(Trainer trainer) throws IOException {
        Optional<Safetensors> newest = checkpoints.newest(listener::message);
        if (newest.isEmpty()) {
            listener.message(config.output() + ": no checkpoint yet, the run starts anew");
            return 0;
        }
        Map<String, String> metadata = newest.get().metadata();
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
        trainer.restore(newest.get().weights(), phase, iteration, frozen);
        listener.message("goes on after iteration " + iteration);
        return iteration;
    }

    private void save(Trainer trainer, long iteration) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        TrainerSettings topology = settings(config);
        TrainingFile.putTopology(metadata, topology.scale(), topology.body(), topology.block(), topology.epsilon());
        metadata.put(
                TrainingFile.RESULT, trainer.averages() ? TrainingFile.RESULT_AVERAGE : TrainingFile.RESULT_NEWEST);
        metadata.put(ITERATION, Long.toString(iteration));
        metadata.put(PHASE, trainer.phase().label());
        metadata.put(CONFIG_HASH, config.configHash());
        metadata.put(PICTURES_HASH, picturesHash);
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
        TrainResult result =
                new TrainResult(file, config.optimiser().iterations(), seconds, merge.receipt(), outcome.sets());
        records.finished(result, outcome);
        return result;
    }

    private static TrainerSettings settings(TrainConfig config) {
        TrainConfig.Network network = config.network();
        Block block = switch (network.block()) {
            case REPSR -> new RepSrBlock(network.channels(), network.expand(), network.paths());
            case PLAIN -> new PlainConv(network.channels());
        };
        return new TrainerSettings(
                config.scale(),
                network.body(),
                block,
                config.bn().epsilon(),
                config.bn().momentum(),
                config.data().patch(),
                config.data().batch(),
                config.optimiser().beta1(),
                config.optimiser().beta2(),
                config.optimiser().ema(),
                config.threads());
    }
}
