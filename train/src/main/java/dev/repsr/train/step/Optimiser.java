package dev.repsr.train.step;

import dev.repsr.network.Tensor;
import dev.repsr.network.Weights;
import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.TrainingDiverged;
import dev.repsr.train.engine.Update;
import dev.repsr.train.fold.Matrices;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Changes one array of parameters as an {@link Update} says: clip, decay of the kernels, then each tensor's algorithm. The same
 * gradients give the same bits. Not thread-safe.
 */
public final class Optimiser {
    private final Update update;
    private final List<Slice> kernels;
    private final Adam adam;
    private final Muon muon;

    /**
     * An optimiser before its first step.
     *
     * @param shapes of all parameters, in the order in which they lie in their array
     */
    public Optimiser(Update update, SequencedMap<String, int[]> shapes, Matrices matrices) {
        this.update = update;
        List<Slice> all = Slice.of(shapes);
        int size = all.stream().mapToInt(Slice::size).sum();
        kernels = all.stream().filter(slice -> Update.isKernel(slice.shape())).toList();
        adam = new Adam(update, those(all, update.movedByAdam(shapes)), size);
        muon = new Muon(update, those(all, update.movedByMuon(shapes)), size, matrices);
    }

    private static List<Slice> those(List<Slice> all, Map<String, int[]> named) {
        return all.stream().filter(slice -> named.containsKey(slice.name())).toList();
    }

    /**
     * Changes parameters and its own state in place; a gradient that is too long is shortened first.
     *
     * @param step 1 for the first
     * @throws TrainingDiverged if the gradient is not finite; nothing has changed then
     */
    public void step(float[] parameters, float[] gradient, long step, double rate) throws TrainingDiverged {
        float norm = norm(gradient);
        if (!Float.isFinite(norm)) {
            throw new TrainingDiverged("the gradient is " + norm + " at step " + step);
        }
        if (update.clip() > 0 && norm > update.clip()) {
            scale(gradient, 0, gradient.length, (float) (update.clip() / norm));
        }
        if (update.weightDecay() > 0) {
            float kept = (float) (1 - rate * update.weightDecay());
            kernels.forEach(slice -> scale(parameters, slice.at(), slice.at() + slice.size(), kept));
        }
        adam.move(parameters, gradient, step, rate);
        muon.move(parameters, gradient, rate);
    }

    /** In several sums at a time, since each addition waits for the one before. */
    private static float norm(float[] gradient) {
        double[] squares = new double[8];
        for (int i = 0; i < gradient.length; i += squares.length) {
            for (int k = 0; k < Math.min(squares.length, gradient.length - i); k++) {
                squares[k] += (double) gradient[i + k] * gradient[i + k];
            }
        }
        return (float) Math.sqrt(Arrays.stream(squares).sum());
    }

    private static void scale(float[] values, int from, int to, float factor) {
        for (int i = from; i < to; i++) {
            values[i] *= factor;
        }
    }

    /** Adds all that going on needs, under the names that every engine gives it. */
    public void save(Map<String, Tensor> state) {
        adam.save(state);
        muon.save(state);
    }

    /**
     * Goes on from what was saved.
     *
     * @throws IllegalArgumentException if a tensor is missing or misshapen
     */
    public void load(Weights state) {
        adam.load(state);
        muon.load(state);
    }

    /** Takes over the state of the first process. */
    public void synchronise(Collective processes) throws RankLost {
        adam.synchronise(processes);
        muon.synchronise(processes);
    }
}
