package dev.repsr;

/** Is told how far a job is. */
@FunctionalInterface
public interface UpscaleProgress {
    /**
     * Called on the job's own thread after each row of the enlarged picture that was handed to the encoder; a slow
     * listener slows the job.
     *
     * @param rowsDone 1 to {@code rows}
     * @param rows height of the enlarged picture; of an animation, that of all its frames together
     */
    void rowsDone(int rowsDone, int rows);
}
