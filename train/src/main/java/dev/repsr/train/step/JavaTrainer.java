package dev.repsr.train.step;

import dev.repsr.block.Topology.Place;
import dev.repsr.block.TrainingNetwork;
import dev.repsr.merge.TrainingFile;
import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.Device;
import dev.repsr.train.engine.Goal;
import dev.repsr.train.engine.Phase;
import dev.repsr.train.engine.Position;
import dev.repsr.train.engine.Precision;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.StatisticsFold;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.engine.TrainingDiverged;
import dev.repsr.train.fold.BlockFold;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trainer in plain Java. Blocks are folded before each step and computed as one convolution, also while they are normalised by the
 * batch's own statistics. Its bits depend on the settings and the width of the processor's vectors, not on the number of threads.
 */
public final class JavaTrainer implements Trainer {
    private static final int RGB = 3;

    private final TrainerSettings settings;
    private final Collective processes;
    private final StepKernels kernels;
    private final StepThreads threads;
    private final NetworkFold fold;
    private final StepSpaces spaces;
    private final MergedGradient merged;
    private final @Nullable StatisticsGradient batch;
    private final Optimiser optimiser;
    private final float[] average;
    private Position position = Position.START;
    private int accumulated;

    /**
     * A trainer that starts from given weights.
     *
     * @param initial the tensors of the topology
     * @throws IllegalArgumentException if one is missing, misshapen or not finite, or {@link #refusal} has something to say
     */
    public JavaTrainer(TrainerSettings settings, Weights initial, Collective processes) {
        this(settings, initial, processes, KernelChoice.fastest());
    }

    /** With given kernels. */
    public JavaTrainer(TrainerSettings settings, Weights initial, Collective processes, StepKernels kernels) {
        refusal(settings).ifPresent(sentence -> {
            throw new IllegalArgumentException(sentence);
        });
        this.settings = settings;
        this.processes = processes;
        this.kernels = kernels;
        StepNetwork network = new StepNetwork(settings.topology(), settings.patch(), kernels);
        fold = new NetworkFold(settings, network, kernels.matrices());
        threads = new StepThreads(settings.threads());
        spaces = new StepSpaces(
                network, threads, settings.batch(), settings.topology().scale());
        merged = new MergedGradient(spaces, fold);
        batch = settings.topology().normalised() && batchRefusal(settings).isEmpty()
                ? new StatisticsGradient(spaces, fold, kernels)
                : null;
        optimiser = new Optimiser(settings.update(), settings.parameters(), kernels.matrices());
        average = new float[fold.parameters.length];
        fold.read(initial, "");
        copy(fold.parameters, average);
    }

    /** Why this engine cannot train so, in one sentence that names the one that can; nothing if it can. */
    public static Optional<String> refusal(TrainerSettings settings) {
        if (settings.device() != Device.CPU) {
            return Optional.of("the Java engine computes on the processor alone; engine: torch has device cuda");
        }
        if (settings.precision() != Precision.FLOAT32) {
            return Optional.of("the Java engine computes in float32 alone; engine: torch has bf16");
        }
        return Optional.empty();
    }

    /** Why this engine cannot train with the statistics of batches, likewise. */
    public static Optional<String> batchRefusal(TrainerSettings settings) {
        List<Place> places = settings.topology().places();
        if (places.getFirst().block().normalised() || places.getLast().block().normalised()) {
            return Optional.of("the Java engine has no batch statistics for blocks at head and tail (network.ends);"
                    + " engine: torch has");
        }
        return BlockFold.batchRefusal(settings.topology().block());
    }

    /** Why this engine cannot minimise something, likewise. */
    public static Optional<String> refusal(Goal goal) {
        return goal.frequencyWeight() > 0
                ? Optional.of("the Java engine has no frequency term in its loss; engine: torch has")
                : Optional.empty();
    }

    private static void copy(float[] from, float[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }

    @Override
    public Position position() {
        return position;
    }

    @Override
    public boolean averages() {
        return settings.ema() > 0 && phase() == Phase.FROZEN;
    }

    @Override
    public float accumulate(float[] lrBatch, float[] hrBatch, Goal goal, int parts) throws TrainingDiverged {
        if (phase() == Phase.ESTIMATING) {
            throw new IllegalStateException("weights stand still while statistics are estimated");
        }
        refusal(goal).ifPresent(sentence -> {
            throw new IllegalArgumentException(sentence);
        });
        requireLength(lrBatch, RGB * settings.batch() * settings.patch() * settings.patch());
        int scale = settings.topology().scale();
        requireLength(hrBatch, lrBatch.length * scale * scale);
        if (accumulated == 0) {
            Arrays.fill(fold.gradients, 0);
        }
        boolean statistics = phase() != Phase.FROZEN && settings.topology().normalised();
        double error = statistics
                ? batch().add(lrBatch, hrBatch, goal, parts, settings.momentum())
                : merged.add(lrBatch, hrBatch, goal, parts);
        if (!Double.isFinite(error)) {
            accumulated = 0;
            throw new TrainingDiverged("the loss is " + error + " at step " + (position.steps() + 1));
        }
        accumulated++;
        return (float) error;
    }

    private static void requireLength(float[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(values.length + " values, expected " + length);
        }
    }

    private StatisticsGradient batch() {
        if (batch == null) {
            throw new IllegalStateException(batchRefusal(settings).orElse("the network has no batch normalisation"));
        }
        return batch;
    }

    @Override
    public void update(double rate) throws TrainingDiverged, RankLost {
        if (accumulated == 0) {
            throw new IllegalStateException("there is no gradient to follow");
        }
        accumulated = 0;
        processes.mean(fold.gradients);
        long step = position.steps() + 1;
        optimiser.step(fold.parameters, fold.gradients, step, rate);
        long averaged = position.averaged() + (averages() ? 1 : 0);
        position = new Position(position.phase(), position.estimated(), step, averaged);
        average();
    }

    /** Averages in the frozen phase only: before it, running statistics belong to the newest weights. */
    private void average() {
        if (averages()) {
            double averaged = (double) position.averaged();
            float share = (float) (1 - Math.min(settings.ema(), averaged / (averaged + 10)));
            for (int i = 0; i < average.length; i++) {
                average[i] += share * (fold.parameters[i] - average[i]);
            }
        }
    }

    @Override
    public void estimateStatistics(float[] lrBatch) {
        Phase phase = Phase.ESTIMATING.after(phase());
        int index = position.estimated();
        position = new Position(phase, index + 1, position.steps(), position.averaged());
        if (settings.topology().normalised()) {
            batch().estimate(lrBatch, 1.0 / (index + 1));
        }
    }

    @Override
    public void averageStatistics() throws RankLost {
        processes.mean(fold.statistics);
    }

    @Override
    public void freeze() throws RankLost {
        if (phase() == Phase.FROZEN) {
            throw new IllegalStateException("statistics are frozen already");
        }
        averageStatistics();
        if (settings.fold()) {
            load(StatisticsFold.of(settings.topology(), settings.epsilon(), state()));
        }
        position = new Position(Phase.FROZEN.after(phase()), 0, position.steps(), 0);
        copy(fold.parameters, average);
    }

    @Override
    public TrainingNetwork result() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        fold.parameterLayout.write(averages() ? average : fold.parameters, "", tensors);
        fold.statisticLayout.write(fold.statistics, "", tensors);
        return new TrainingNetwork(settings.topology(), settings.epsilon(), new Weights(tensors));
    }

    /** As the steps compute it: folded, in the kernels' arithmetic. The picture has to be square. */
    @Override
    public float[] evaluate(float[] input, int height, int width) {
        if (height != width) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height + " pixels, expected a square");
        }
        return new StepEvaluation(settings, kernels).enlarge(result(), input, height);
    }

    @Override
    public Weights state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        fold.parameterLayout.write(fold.parameters, TrainingFile.WEIGHTS, tensors);
        fold.statisticLayout.write(fold.statistics, TrainingFile.WEIGHTS, tensors);
        fold.parameterLayout.write(average, TrainingFile.AVERAGE, tensors);
        optimiser.save(tensors);
        return new Weights(tensors);
    }

    @Override
    public void restore(Weights state, Position saved) {
        saved.phase().after(phase());
        load(state);
        position = saved;
    }

    private void load(Weights state) {
        fold.read(state, TrainingFile.WEIGHTS);
        copy(fold.parameterLayout.read(state, TrainingFile.AVERAGE), average);
        optimiser.load(state);
    }

    @Override
    public void synchronise() throws RankLost {
        for (float[] values : List.of(fold.parameters, fold.statistics, average)) {
            processes.fromFirst(values);
        }
        optimiser.synchronise(processes);
        position = position.fromFirst(processes);
    }

    @Override
    public void close() {
        threads.close();
    }
}
