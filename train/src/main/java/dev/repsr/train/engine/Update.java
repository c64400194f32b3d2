package dev.repsr.train.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How gradients change weights.
 *
 * @param algorithm of the kernels; all else follows Adam
 * @param beta1 decay of the mean of the gradients
 * @param beta2 decay of the mean of their squares
 * @param weightDecay by which, times the learning rate, kernels shrink a step (biases, slopes and normalisation do not)
 * @param clip largest Euclidean norm of the gradient of all weights together; longer ones are shortened to it; 0 for none
 */
public record Update(Algorithm algorithm, double beta1, double beta2, double weightDecay, double clip) {

    /** Before the names of Adam's means of gradients in {@link Trainer#state}. */
    public static final String MEAN = "adam.mean.";

    /** Before the names of the means of their squares there. */
    public static final String SQUARE = "adam.square.";

    /** Before the names of Muon's means of gradients there. */
    public static final String MOMENTUM = "muon.";

    private static final int KERNEL_SIDES = 4;

    /** What a kernel follows. */
    public enum Algorithm {
        /** Adam (Kingma and Ba, 2015), with decay AdamW (Loshchilov and Hutter, 2019). */
        ADAM,
        /**
         * Orthogonalised momentum (Muon, K. Jordan, 2024): the mean of the gradients with Nesterov's look ahead, as a matrix
         * [out, in * rows * columns] whose singular values are brought near 1 by {@link #ROUNDS} steps of
         * x = {@link #LINEAR} x + {@link #CUBIC} (x x') x + {@link #QUINTIC} (x x')^2 x from a Frobenius norm of 1, times
         * {@link #SIZE} sqrt(larger side), which makes a weight's change as large as Adam's usually is.
         */
        MUON;

        /** Steps of the iteration. */
        public static final int ROUNDS = 5;

        /** Its first coefficient. */
        public static final double LINEAR = 3.4445;

        /** Its second. */
        public static final double CUBIC = -4.7750;

        /** Its third. */
        public static final double QUINTIC = 2.0315;

        /** Root of the mean square of a weight's change, in units of the rate. */
        public static final double SIZE = 0.2;

        /** What is added to a norm, so that no gradient means no step. */
        public static final double TINY = 1e-12;
    }

    /** Adam without decay and without clipping. */
    public static Update adam(double beta1, double beta2) {
        return new Update(Algorithm.ADAM, beta1, beta2, 0, 0);
    }

    /** Whether a tensor of that shape is a kernel rather than a bias, a slope or a normalisation's. */
    public static boolean isKernel(int... shape) {
        return shape.length == KERNEL_SIDES;
    }

    /** Those of the parameters that Adam moves, in order. */
    public SequencedMap<String, int[]> movedByAdam(Map<String, int[]> parameters) {
        SequencedMap<String, int[]> moved = new LinkedHashMap<>(parameters);
        if (algorithm == Algorithm.MUON) {
            moved.values().removeIf(Update::isKernel);
        }
        return moved;
    }

    /** Those that Muon moves, in order. */
    public SequencedMap<String, int[]> movedByMuon(Map<String, int[]> parameters) {
        SequencedMap<String, int[]> moved = new LinkedHashMap<>(parameters);
        moved.keySet().removeAll(movedByAdam(parameters).keySet());
        return moved;
    }
}
