package dev.repsr.engine;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * An RGB picture enlarged by a network, as a stream of rows in order. Bands of rows are computed by several threads, the
 * one that reads from here among them. In that one the input is read, and only the rows that the next bands take in are held, so a
 * picture of any size runs in bounded memory. The values do not depend on threads, bands or memory limit. They are not clamped.
 *
 * <p>To cancel, close it in the thread that reads, or interrupt that thread: reading then ends with
 * {@link InterruptedIOException} and the interrupt status stays set. What goes wrong in a band is thrown by
 * {@link #readRow}.
 */
public final class EnlargedRows implements PictureRows {
    private static final int RGB = 3;

    private final PictureRows input;
    private final BandThreads threads;
    private final boolean ownsThreads;
    private final BandPlan plan;
    private final RowPipeline pipeline;
    private final PictureFormat format;

    private int stepsRead;
    private int rowsRead;
    private boolean failed;
    private boolean closed;

    /**
     * Enlarges {@code input}, which is closed together with this.
     *
     * @param input RGB
     * @param threads at most this many compute, the reading thread among them while it waits for rows
     * @param memoryLimit bytes that buffers may take; fewer threads are used to keep it
     * @throws ImageRefused if one thread needs more than {@code memoryLimit}; says how many bytes it needs
     * @throws IllegalArgumentException if the input is not RGB
     */
    public EnlargedRows(PreparedNetwork network, PictureRows input, int threads, long memoryLimit) throws ImageRefused {
        this(input, plan(network, input.format(), threads, memoryLimit));
    }

    private EnlargedRows(PictureRows input, BandPlan plan) {
        this(input, plan, new BandThreads(plan.threads()), true);
    }

    /** Computes on threads that may be shared, and that are closed elsewhere unless owned. */
    EnlargedRows(PictureRows input, BandPlan plan, BandThreads threads, boolean ownsThreads) {
        this.input = input;
        this.threads = threads;
        this.ownsThreads = ownsThreads;
        this.plan = plan;
        this.pipeline = new RowPipeline(plan.network(), plan.height(), plan.grid(), threads);
        this.format = plan.output(input.format());
    }

    private static BandPlan plan(PreparedNetwork network, PictureFormat format, int threads, long memoryLimit)
            throws ImageRefused {
        if (format.channels() != RGB) {
            throw new IllegalArgumentException("a picture of " + format.channels() + " channels where RGB is expected");
        }
        return BandPlan.of(network, format.width(), format.height(), threads, memoryLimit);
    }

    @Override
    public PictureFormat format() {
        return format;
    }

    @Override
    public void readRow(float[] row) throws IOException {
        System.arraycopy(lendRow(row), 0, row, 0, RGB * format.width());
    }

    @Override
    public float[] lendRow(float[] spare) throws IOException {
        if (closed || failed || rowsRead == format.height()) {
            throw new IllegalStateException(closed ? "closed" : failed ? "failed before" : "all rows have been read");
        }
        while (rowsRead == rowsBefore(stepsRead)) {
            failed = true;
            nextBand();
            failed = false;
        }
        int row = rowsRead - rowsBefore(stepsRead - 1);
        rowsRead++;
        return pipeline.band(stepsRead - 1).row(row);
    }

    /** Enlarged rows that come before those of a step. */
    private int rowsBefore(int step) {
        return pipeline.steps().emittedBefore(step) * plan.network().network().scale();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            if (ownsThreads) {
                threads.close();
            }
            input.close();
        }
    }

    /** The first steps give no rows: what they compute is still on its way through the layers. */
    private void nextBand() throws IOException {
        int most = Math.min(pipeline.steps().count(), stepsRead + plan.grid().stepsKept());
        while (pipeline.begun() < most) {
            begin(pipeline.begun());
        }
        pipeline.finish(stepsRead);
        stepsRead++;
    }

    private void begin(int step) throws IOException {
        RowSteps steps = pipeline.steps();
        Band band = pipeline.band(step);
        int before = steps.inputBefore(step);
        for (int y = before; y < steps.inputBefore(step + 1); y++) {
            BandThreads.stopIfInterrupted();
            input.readRow(band.input(y - before));
        }
        pipeline.begin();
    }
}
