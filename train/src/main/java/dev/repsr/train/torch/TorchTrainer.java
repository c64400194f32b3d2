package dev.repsr.train.torch;

import dev.repsr.block.TrainingNetwork;
import dev.repsr.merge.TrainingFile;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.Alone;
import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.Form;
import dev.repsr.train.engine.Goal;
import dev.repsr.train.engine.InitialWeights;
import dev.repsr.train.engine.Objective;
import dev.repsr.train.engine.Phase;
import dev.repsr.train.engine.Position;
import dev.repsr.train.engine.Precision;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.StatisticsFold;
import dev.repsr.train.engine.Trainer;
import dev.repsr.train.engine.TrainerSettings;
import dev.repsr.train.engine.TrainingDiverged;
import dev.repsr.train.torch.TorchNetwork.Mode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Trains on libtorch. Its bits depend on the number of threads. */
public final class TorchTrainer implements Trainer {
    /** Population statistics, nothing merged: the training form itself. */
    private static final Mode BRANCHES = new Mode(false, 0, Form.BRANCHES, Precision.FLOAT32);

    private final TrainerSettings settings;
    private final Collective processes;
    private final FlatTensors parameters;
    private final FlatTensors statistics;
    private final FlatTensors gradients;
    private final FlatTensors average;
    private final TorchNetwork network;
    private final TorchOptimiser optimiser;
    private final Tensor lr;
    private final Tensor hr;
    private final float[] residual;
    private Position position = Position.START;
    private int accumulated;

    /** A trainer with fresh weights. */
    public TorchTrainer(TrainerSettings settings, long seed) {
        this(settings, InitialWeights.of(settings.topology(), seed));
    }

    /**
     * A trainer that starts from given weights.
     *
     * @param initial the tensors of the topology
     * @throws IllegalArgumentException if one is missing, misshapen or not finite
     */
    public TorchTrainer(TrainerSettings settings, Weights initial) {
        this(settings, initial, new Alone());
    }

    /** One of several processes, which may start from any weights: {@link #synchronise} makes them equal. */
    public TorchTrainer(TrainerSettings settings, Weights initial, Collective processes) {
        this.settings = settings;
        this.processes = processes;
        TorchLibrary.load(torch.class);
        torch.set_num_threads(settings.threads());
        // libtorch's matrix products run on threads of OpenBLAS's own, which burn the processor while they wait for
        // each other.
        openblas_nolapack.blas_set_num_threads(settings.threads());
        // It would complain on every processor that it does not know, and oneDNN is used anyway.
        torch.globalContext().setUserEnabledNNPACK(false);
        SequencedMap<String, int[]> trained = settings.parameters();
        parameters = new FlatTensors(trained, settings.device());
        gradients = new FlatTensors(trained, settings.device());
        average = new FlatTensors(trained, settings.device());
        statistics = new FlatTensors(settings.statistics(), settings.device());
        network = new TorchNetwork(
                settings.topology().scale(), settings.topology().places(), parameters, statistics, settings.epsilon());
        optimiser = new TorchOptimiser(settings.update(), trained, settings.device());
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

    @Override
    public Position position() {
        return position;
    }

    @Override
    public boolean averages() {
        return settings.ema() > 0 && phase() == Phase.FROZEN;
    }

    @Override
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
            Tensor absolute = LossGraph.of(Objective.ABSOLUTE, output, target);
            Tensor loss = LossGraph.of(goal, output, target, absolute);
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

    @Override
    public void update(double rate) throws TrainingDiverged, RankLost {
        if (accumulated == 0) {
            throw new IllegalStateException("there is no gradient to follow");
        }
        accumulated = 0;
        gradients.mean(processes);
        long step = position.steps() + 1;
        optimiser.step(parameters.flat(), gradients.flat(), step, rate);
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

    @Override
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

    @Override
    public void averageStatistics() throws RankLost {
        statistics.mean(processes);
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
        average.flat().copy_(parameters.flat());
    }

    @Override
    public TrainingNetwork result() {
        Map<String, dev.repsr.network.Tensor> tensors = new LinkedHashMap<>();
        (averages() ? average : parameters).save(tensors, "");
        statistics.save(tensors, "");
        return new TrainingNetwork(settings.topology(), settings.epsilon(), new Weights(tensors));
    }

    @Override
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

    @Override
    public Weights state() {
        Map<String, dev.repsr.network.Tensor> tensors = new LinkedHashMap<>();
        parameters.save(tensors, TrainingFile.WEIGHTS);
        statistics.save(tensors, TrainingFile.WEIGHTS);
        average.save(tensors, TrainingFile.AVERAGE);
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
        parameters.load(state, TrainingFile.WEIGHTS);
        statistics.load(state, TrainingFile.WEIGHTS);
        average.load(state, TrainingFile.AVERAGE);
        optimiser.load(state);
    }

    @Override
    public void synchronise() throws RankLost {
        for (FlatTensors tensors : new FlatTensors[] {parameters, statistics, average}) {
            tensors.fromFirst(processes);
        }
        optimiser.synchronise(processes);
        position = position.fromFirst(processes);
    }

    @Override
    public void close() {
        lr.releaseReference();
        hr.releaseReference();
        for (FlatTensors tensors : new FlatTensors[] {parameters, statistics, gradients, average}) {
            tensors.close();
        }
        optimiser.close();
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
