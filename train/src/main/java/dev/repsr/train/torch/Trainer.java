package dev.repsr.train.torch;

import dev.repsr.block.TrainingNetwork;
import dev.repsr.merge.TrainingFile;
import dev.repsr.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains one network on libtorch, step by step: Adam, and an exponential moving average of the weights once their
 * statistics are frozen. Deterministic for a given number of threads. Not thread-safe.
 */
public final class Trainer implements AutoCloseable {
    private static final String MEAN = "adam.mean.";
    private static final String SQUARE = "adam.square.";

    private final TrainerSettings settings;
    private final FlatTensors parameters;
    private final FlatTensors statistics;
    private final FlatTensors gradients;
    private final FlatTensors mean;
    private final FlatTensors square;
    private final FlatTensors average;
    private final TorchNetwork network;
    private final Adam adam;
    private final Tensor lr;
    private final Tensor hr;
    private Phase phase = Phase.BATCH;
    private long steps;
    private long averaged;

    /** A trainer with fresh weights. */
    public Trainer(TrainerSettings settings, long seed) {
        this.settings = settings;
        torch.set_num_threads(settings.threads());
        // It would complain on every processor that it does not know, and oneDNN is used anyway.
        torch.globalContext().setUserEnabledNNPACK(false);
        SequencedMap<String, int[]> trained = shapes(settings, name -> !TorchNetwork.isStatistic(name));
        parameters = new FlatTensors(trained);
        gradients = new FlatTensors(trained);
        mean = new FlatTensors(trained);
        square = new FlatTensors(trained);
        average = new FlatTensors(trained);
        statistics = new FlatTensors(shapes(settings, TorchNetwork::isStatistic));
        network = new TorchNetwork(settings, parameters, statistics);
        adam = new Adam(settings.beta1(), settings.beta2());
        lr = empty(settings.batch(), settings.patch());
        hr = empty(settings.batch(), (long) settings.patch() * settings.scale());
        Weights initial = InitialWeights.of(settings, seed);
        parameters.load(initial, "");
        statistics.load(initial, "");
        average.load(initial, "");
        parameters.collectGradientsIn(gradients);
    }

    private static Tensor empty(long batch, long side) {
        return torch.empty(batch, 3, side, side).retainReference();
    }

    private static SequencedMap<String, int[]> shapes(TrainerSettings settings, Predicate<String> which) {
        SequencedMap<String, int[]> shapes =
                TrainingNetwork.tensors(settings.scale(), settings.body(), settings.block());
        shapes.keySet().removeIf(which.negate());
        return shapes;
    }

    /** Where batch normalisation stands. */
    public Phase phase() {
        return phase;
    }

    /** Whether the averaged weights, rather than the newest, are the result. */
    public boolean averages() {
        return settings.ema() > 0 && phase == Phase.FROZEN;
    }

    /**
     * One step of training.
     *
     * @param lrBatch [N, 3, patch, patch] in 0..1, row-major
     * @param hrBatch [N, 3, patch * scale, patch * scale]
     * @return the mean absolute error before the step
     * @throws TrainingDiverged if that is not finite; nothing has been changed then but running statistics
     */
    public float step(float[] lrBatch, float[] hrBatch, double rate) throws TrainingDiverged {
        return step(lrBatch, hrBatch, rate, Objective.ABSOLUTE, 0);
    }

    /**
     * As {@link #step(float[], float[], double)}, minimising {@code objective}; what is returned is the mean absolute error all
     * the same.
     *
     * @param lumaWeight share of the objective that is taken of the luma alone, 0 to 1
     */
    @SuppressWarnings("try")
    public float step(float[] lrBatch, float[] hrBatch, double rate, Objective objective, double lumaWeight)
            throws TrainingDiverged {
        try (PointerScope scope = new PointerScope()) {
            put(lrBatch, lr);
            put(hrBatch, hr);
            gradients.flat().zero_();
            Tensor output = network.forward(batchLayout(lr), phase, settings.momentum());
            Tensor absolute = torch.l1_loss(output, hr);
            Tensor loss = objective == Objective.ABSOLUTE ? absolute : objective.of(output, hr);
            if (lumaWeight > 0) {
                loss = loss.lerp(objective.ofLuma(output, hr), new Scalar(lumaWeight));
            }
            float value = absolute.item_float();
            if (!Float.isFinite(value)) {
                throw new TrainingDiverged("the loss is " + value + " at step " + (steps + 1));
            }
            loss.backward();
            steps++;
            adam.step(parameters.flat(), gradients.flat(), mean.flat(), square.flat(), steps, rate);
            average();
            return value;
        }
    }

    /** Averages in the frozen phase only: before it, running statistics belong to the newest weights. */
    private void average() {
        if (averages()) {
            averaged++;
            double decay = Math.min(settings.ema(), (double) averaged / (double) (averaged + 10));
            average.flat().lerp_(parameters.flat(), new Scalar(1 - decay));
        }
    }

    /**
     * Takes one batch into the population statistics, which become the plain mean over all batches since {@code index} 0.
     * Weights stay as they are.
     *
     * @param index number of batches taken before this one
     */
    @SuppressWarnings("try")
    public void estimateStatistics(float[] lrBatch, int index) {
        if (phase != Phase.BATCH) {
            throw new IllegalStateException("statistics are frozen");
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            put(lrBatch, lr);
            network.forward(batchLayout(lr), Phase.BATCH, 1.0 / (index + 1));
        }
    }

    /** Ends the batch phase for good; the average starts from the weights of this moment. */
    public void freeze() {
        if (phase != Phase.BATCH) {
            throw new IllegalStateException("statistics are frozen already");
        }
        phase = Phase.FROZEN;
        averaged = 0;
        average.flat().copy_(parameters.flat());
    }

    /** The network that is to be validated and shipped: averaged weights where there is an average. */
    public TrainingNetwork result() {
        Map<String, dev.repsr.network.Tensor> tensors = new LinkedHashMap<>();
        (averages() ? average : parameters).save(tensors, "");
        statistics.save(tensors, "");
        return new TrainingNetwork(
                settings.scale(), settings.body(), settings.block(), settings.epsilon(), new Weights(tensors));
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
            float[] output = floats(network.forward(picture, Phase.FROZEN, 0));
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
        mean.save(tensors, MEAN);
        square.save(tensors, SQUARE);
        return new Weights(tensors);
    }

    /**
     * Goes on from a saved state.
     *
     * @param taken steps that the state has behind it
     * @param takenFrozen how many of them in the frozen phase
     * @throws IllegalArgumentException if a tensor is missing or misshapen
     */
    public void restore(Weights state, Phase savedPhase, long taken, long takenFrozen) {
        parameters.load(state, TrainingFile.WEIGHTS);
        statistics.load(state, TrainingFile.WEIGHTS);
        average.load(state, TrainingFile.AVERAGE);
        mean.load(state, MEAN);
        square.load(state, SQUARE);
        phase = savedPhase;
        steps = taken;
        averaged = takenFrozen;
    }

    @Override
    public void close() {
        lr.releaseReference();
        hr.releaseReference();
        for (FlatTensors tensors : new FlatTensors[] {parameters, statistics, gradients, mean, square, average}) {
            tensors.close();
        }
    }

    /** Channels last suits the branches of the batch phase and does not hurt the merged form. */
    private static Tensor batchLayout(Tensor batch) {
        return batch.contiguous(torch.MemoryFormat.ChannelsLast);
    }

    private static void put(float[] values, Tensor tensor) {
        if (values.length != tensor.numel()) {
            throw new IllegalArgumentException(values.length + " values for a tensor of " + tensor.numel());
        }
        tensor.data_ptr_float().put(values);
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        try (FloatPointer pointer = tensor.contiguous().data_ptr_float()) {
            pointer.get(values);
        }
        return values;
    }
}
