package dev.repsr.train.engine;

/**
 * How gradients change weights: Adam, with decoupled weight decay AdamW.
 *
 * @param beta1 decay of the mean of the gradients
 * @param beta2 decay of the mean of their squares
 * @param weightDecay by which, times the learning rate, kernels shrink a step (biases, slopes and normalisation do not); 0 is Adam
 * @param clip largest Euclidean norm of the gradient of all weights together; longer ones are shortened to it; 0 for none
 */
public record Update(double beta1, double beta2, double weightDecay, double clip) {

    /** Before the names of the means of gradients in {@link Trainer#state}. */
    public static final String MEAN = "adam.mean.";

    /** Before the names of the means of their squares there. */
    public static final String SQUARE = "adam.square.";

    /** Adam without decay and without clipping. */
    public static Update adam(double beta1, double beta2) {
        return new Update(beta1, beta2, 0, 0);
    }
}
