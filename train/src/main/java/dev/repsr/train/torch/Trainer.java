package dev.repsr.train.torch;

import dev.repsr.block.TrainingNetwork;
import dev.repsr.merge.TrainingFile;
import dev.repsr.network.Weights;
import dev.repsr.train.torch.TorchNetwork.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains one network on libtorch, step by step: Adam, and an exponential moving average of the weights once their
 * statistics are frozen. Deterministic for a given number of threads. Not thread-safe.
 *
 * <p>Of several processes each has a trainer with the same settings and its own share of the batch. Gradients are averaged
 * before they are followed, so all have the same weights at all times; statistics are each process's own until
 * {@link #averageStatistics} or {@link #freeze}. All processes call the same methods in the same order.
 */
public final class Trainer implements AutoCloseable {
    /** Population statistics, nothing merged: the training form itself. */
    private static final Mode BRANCHES = new Mode(false, 0, Form.BRANCHES, Precision.FLOAT32);

    private final TrainerSettings settings;
    private final Collective processes;
    private final FlatTensors parameters;
    private final FlatTensors statistics;
    private final FlatTensors gradients;
    private final FlatTensors average;
    private final TorchNetwork network;
    private final Adam adam;
    private final Tensor lr;
    private final Tensor hr;
    private final float[] residual;
    private Position position = Position.START;
    private int accumulated;

    /** A trainer with fresh weights. */
    public Trainer(TrainerSettings settings, long seed) {
        this(settings, InitialWeights.of(settings.topology(), seed));
    }

    /**
     * A trainer that starts from given weights.
     *
     * @param initial the tensors of the topology
     * @throws IllegalArgumentException if one is missing, misshapen or not finite
     */
    public Trainer(TrainerSettings settings, Weights initial) {
        this(settings, initial, new Alone());
    }

    /** One of several processes, which may start from any weights: {@link #synchronise} makes them equal. */
    public Trainer(TrainerSettings settings, Weights initial, Collective processes) {
        this.settings = settings;
        this.processes = processes;
        torch.set_num_threads(settings.threads());
        // libtorch's matrix products run on threads of OpenBLAS's own, which burn the processor while they wait for
        // each other.
        openblas_nolapack.blas_set_num_threads(settings.threads());
        // It would complain on every processor that it does not know, and oneDNN is used anyway.
        torch.globalContext().setUserEnabledNNPACK(false);
        SequencedMap<String, int[]> trained = shapes(settings, name -> !TorchNetwork.isStatistic(name));
        parameters = new FlatTensors(trained, settings.device());
        gradients = new FlatTensors(trained, settings.device());
        average = new FlatTensors(trained, settings.device());
        statistics = new FlatTensors(shapes(settings, TorchNetwork::isStatistic), settings.device());
        network = new TorchNetwork(
                settings.topology().scale(), settings.topology().places(), parameters, statistics, settings.epsilon());
        adam = new Adam(settings.update(), trained, settings.device());
        lr = empty(settings.batch(), settings.patch());
        hr = empty(
                settings.batch(), (long) settings.patch() * settings.topology().scale());
        residual = new float[Math.toIntExact(hr.numel())];
        parameters.load(initial, "");
        statistics.load(initial, "");
        average.load(initial, "");
        parameters.collectGradientsIn(gradients);
    }

    private static Tensor empty(long batch, long side) {
        return torch.empty(batch, 3, side, side).retainReference();
    }

    private static SequencedMap<String, int[]> shapes(TrainerSettings settings, Predicate<String> which) {
        SequencedMap<String, int[]> shapes = settings.topology().tensors();
        shapes.keySet().removeIf(which.negate());
        return shapes;
    }

    /** Where batch normalisation stands. */
    public Phase phase() {
        return position.phase();
    }

    /** How far the training is. */
    public Position position() {
        return position;
    }

    /** Whether the averaged weights, rather than the newest, are the result. */
    public boolean averages() {
        return settings.ema() > 0 && phase() == Phase.FROZEN;
    }

    /**
     * One step of training on one batch that minimises the mean absolute error.
     *
     * @see #accumulate
     * @see #update
     */
    public float step(float[] lrBatch, float[] hrBatch, double rate) throws TrainingDiverged, RankLost {
        return step(lrBatch, hrBatch, rate, Goal.of(Objective.ABSOLUTE));
    }

    /**
     * One step of training on one batch.
     *
     * @see #accumulate
     * @see #update
     */
    public float step(float[] lrBatch, float[] hrBatch, double rate, Goal goal) throws TrainingDiverged, RankLost {
        float error = accumulate(lrBatch, hrBatch, goal, 1);
        update(rate);
        return error;
    }

    /**
     * Adds the gradient of one batch to what the next {@link #update} follows.
     *
     * @param lrBatch [N, 3, patch, patch] in 0..1, row-major
     * @param hrBatch [N, 3, patch * scale, patch * scale]
     * @param parts batches that the update will be the mean of
     * @return the mean absolute error
     * @throws TrainingDiverged if what is minimised is not finite; nothing has changed then but running statistics
     * @throws IllegalStateException while statistics are estimated, for weights have to stand still
     */
    @SuppressWarnings("try")
    public float accumulate(float[] lrBatch, float[] hrBatch, Goal goal, int parts) throws TrainingDiverged {
        if (phase() == Phase.ESTIMATING) {
            throw new IllegalStateException("weights stand still while statistics are estimated");
        }
        try (PointerScope scope = new PointerScope()) {
            put(lrBatch, lr);
            if (accumulated == 0) {
                gradients.flat().zero_();
            }
            Tensor input = Layout.channelsLast(here(lr));
            Mode mode = mode(settings.momentum());
            boolean orderless = goal.isOrderless();
            Tensor output =
                    orderless ? network.features(input, mode).permute(0, 2, 3, 1) : network.forward(input, mode);
            Tensor target = here(orderless ? residual(lrBatch, hrBatch) : put(hrBatch, hr));
            Tensor absolute = Objective.ABSOLUTE.of(output, target);
            Tensor loss = goal.of(output, target, absolute);
            float value = loss.item_float();
            if (!Float.isFinite(value)) {
                accumulated = 0;
                throw new TrainingDiverged("the loss is " + value + " at step " + (position.steps() + 1));
            }
            (parts == 1 ? loss : loss.div(new Scalar(parts))).backward();
            accumulated++;
            return absolute.item_float();
        }
    }

    /**
     * Changes the weights by what has been accumulated.
     *
     * @throws TrainingDiverged if the gradient is not finite; the weights are as before then
     * @throws RankLost if another process is gone
     * @throws IllegalStateException if nothing has been accumulated
     */
    public void update(double rate) throws TrainingDiverged, RankLost {
        if (accumulated == 0) {
            throw new IllegalStateException("there is no gradient to follow");
        }
        accumulated = 0;
        processes.mean(gradients.flat());
        long step = position.steps() + 1;
        adam.step(parameters.flat(), gradients.flat(), step, rate);
        long averaged = position.averaged() + (averages() ? 1 : 0);
        position = new Position(position.phase(), position.estimated(), step, averaged);
        average();
    }

    private Mode mode(double momentum) {
        return new Mode(phase() != Phase.FROZEN, momentum, settings.form(), settings.precision());
    }

    /** Averages in the frozen phase only: before it, running statistics belong to the newest weights. */
    @SuppressWarnings("try")
    private void average() {
        if (averages()) {
            double averaged = (double) position.averaged();
            double decay = Math.min(settings.ema(), averaged / (averaged + 10));
            try (PointerScope scope = new PointerScope()) {
                average.flat().lerp_(parameters.flat(), new Scalar(1 - decay));
            }
        }
    }

    /**
     * Takes one more batch into the population statistics, which become the plain mean over all batches taken so. Weights stand
     * still from the first one on, until {@link #freeze}.
     *
     * @throws IllegalStateException if statistics are frozen
     */
    @SuppressWarnings("try")
    public void estimateStatistics(float[] lrBatch) {
        Phase phase = Phase.ESTIMATING.after(phase());
        int index = position.estimated();
        position = new Position(phase, index + 1, position.steps(), position.averaged());
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            put(lrBatch, lr);
            network.forward(Layout.channelsLast(here(lr)), mode(1.0 / (index + 1)));
        }
    }

    /** Makes the statistics of all processes their mean. */
    public void averageStatistics() throws RankLost {
        processes.mean(statistics.flat());
    }

    /**
     * Ends the batch phase for good, with the mean of the statistics of all processes; the average starts from the weights of
     * this moment.
     *
     * @throws RankLost if another process is gone
     * @throws IllegalStateException if it has ended already
     */
    public void freeze() throws RankLost {
        if (phase() == Phase.FROZEN) {
            throw new IllegalStateException("statistics are frozen already");
        }
        averageStatistics();
        position = new Position(Phase.FROZEN.after(phase()), 0, position.steps(), 0);
        average.flat().copy_(parameters.flat());
    }

    /** The network that is to be validated and shipped: averaged weights where there is an average. */
    public TrainingNetwork result() {
        Map<String, dev.repsr.network.Tensor> tensors = new LinkedHashMap<>();
        (averages() ? average : parameters).save(tensors, "");
        statistics.save(tensors, "");
        return new TrainingNetwork(settings.topology(), settings.epsilon(), new Weights(tensors));
    }

    /**
     * Output of the branches, population statistics, as libtorch computes it in float: the other side of the receipt.
     *
     * @param input [3, height, width] in 0..1
     * @return [3, height * scale, width * scale]
     */
    @SuppressWarnings("try")
    public float[] evaluate(float[] input, int height, int width) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor picture = torch.empty(1, 3, height, width);
            put(input, picture);
            Tensor current = parameters.flat().clone();
            if (averages()) {
                parameters.flat().copy_(average.flat());
            }
            float[] output = floats(network.forward(Layout.channelsLast(here(picture)), BRANCHES));
            parameters.flat().copy_(current);
            return output;
        }
    }

    /** Everything that going on needs, as named tensors. */
    public Weights state() {
        Map<String, dev.repsr.network.Tensor> tensors = new LinkedHashMap<>();
        parameters.save(tensors, TrainingFile.WEIGHTS);
        statistics.save(tensors, TrainingFile.WEIGHTS);
        average.save(tensors, TrainingFile.AVERAGE);
        adam.save(tensors);
        return new Weights(tensors);
    }

    /**
     * Goes on from a saved state.
     *
     * @param saved how far the training was
     * @throws IllegalArgumentException if a tensor is missing or misshapen
     * @throws IllegalStateException if this trainer is in a later phase already
     */
    public void restore(Weights state, Position saved) {
        saved.phase().after(phase());
        parameters.load(state, TrainingFile.WEIGHTS);
        statistics.load(state, TrainingFile.WEIGHTS);
        average.load(state, TrainingFile.AVERAGE);
        adam.load(state);
        position = saved;
    }

    /** Gives every process the state of the first one. */
    public void synchronise() throws RankLost {
        for (FlatTensors tensors : new FlatTensors[] {parameters, statistics, average}) {
            processes.fromFirst(tensors.flat());
        }
        adam.synchronise(processes);
        List<Phase> phases = List.of(Phase.values());
        long[] first = processes.fromFirst(
                phases.indexOf(phase()), position.estimated(), position.steps(), position.averaged());
        position = new Position(phases.get((int) first[0]), (int) first[1], first[2], first[3]);
    }

    @Override
    public void close() {
        lr.releaseReference();
        hr.releaseReference();
        for (FlatTensors tensors : new FlatTensors[] {parameters, statistics, gradients, average}) {
            tensors.close();
        }
        adam.close();
    }

    /** What the features should be, channels last as those lie in memory: a view in another order would have to be copied. */
    private Tensor residual(float[] lrBatch, float[] hrBatch) {
        int patch = settings.patch();
        requireLength(hrBatch, hr);
        long features = 3L * settings.topology().scale() * settings.topology().scale();
        TorchNetwork.residual(lrBatch, hrBatch, settings.topology().scale(), patch, residual);
        return put(residual, hr).view(settings.batch(), patch, patch, features);
    }

    /** The same values on the device. */
    private Tensor here(Tensor host) {
        return host.type_as(parameters.flat());
    }

    private static Tensor put(float[] values, Tensor tensor) {
        requireLength(values, tensor);
        tensor.data_ptr_float().put(values);
        return tensor;
    }

    private static void requireLength(float[] values, Tensor tensor) {
        if (values.length != tensor.numel()) {
            throw new IllegalArgumentException(values.length + " values for a tensor of " + tensor.numel());
        }
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        try (FloatPointer pointer = tensor.cpu().contiguous().data_ptr_float()) {
            pointer.get(values);
        }
        return values;
    }
}
