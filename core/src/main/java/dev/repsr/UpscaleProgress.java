package dev.repsr;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

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

    /**
     * Tells percents instead of rows: each number of 0 to 100 once at most, in rising order, 100 when the last row is done.
     *
     * <pre>{@code
     * job.onProgress(UpscaleProgress.percent(bar::setValue));
     * }</pre>
     */
    static UpscaleProgress percent(IntConsumer listener) {
        AtomicInteger told = new AtomicInteger(-1);
        return (rowsDone, rows) -> {
            int percent = (int) (100L * rowsDone / rows);
            // The first row of another picture begins anew.
            if (told.getAndSet(percent) != percent || rowsDone == 1) {
                listener.accept(percent);
            }
        };
    }
}
