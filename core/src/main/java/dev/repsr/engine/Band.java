package dev.repsr.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/** One band of a picture: the input rows that it depends on, and room for the rows that it becomes. */
final class Band implements BandWorker.RowInput, BandWorker.RowOutput {
    private final int top;
    private final int rows;
    private final int scale;
    private final int firstInput;
    private final List<float[]> input;
    private final float[][] output;

    /**
     * A band that starts at input row {@code top}.
     *
     * @param firstInput number of the first row in {@code input}
     * @param output room for at least {@code rows * scale} rows
     */
    Band(int top, int rows, int scale, int firstInput, List<float[]> input, float[][] output) {
        this.top = top;
        this.rows = rows;
        this.scale = scale;
        this.firstInput = firstInput;
        this.input = input;
        this.output = output;
    }

    /** Fills the output rows; ends soon when its thread is interrupted. */
    void compute(BandWorker worker) throws IOException {
        worker.run(this, top, rows, this);
    }

    int outputRows() {
        return rows * scale;
    }

    float[][] output() {
        return output;
    }

    @Override
    public void copyRow(int y, float[] target, int offset) throws IOException {
        stopIfInterrupted();
        float[] row = input.get(y - firstInput);
        System.arraycopy(row, 0, target, offset, row.length);
    }

    @Override
    public void acceptRow(int y, float[] row) throws IOException {
        stopIfInterrupted();
        float[] target = output[y - top * scale];
        System.arraycopy(row, 0, target, 0, target.length);
    }

    /** Leaves the thread's interrupt status set. */
    static void stopIfInterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
    }

    static InterruptedIOException interrupted() {
        return new InterruptedIOException("enlarging was interrupted");
    }
}
