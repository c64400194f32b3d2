package dev.repsr.engine;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * An RGB picture enlarged by a network, as a stream of rows in order. Bands of rows are computed by several threads; the
 * input is read in the thread that reads from here, and only the rows that the next band takes in are held, so a picture
 * of any size runs in bounded memory. The values do not depend on threads, bands or memory limit. They are not clamped.
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

    private final Deque<Band> freeBands = new ArrayDeque<>();
    private final Deque<Future<Band>> inFlight = new ArrayDeque<>();
    private int stepsSubmitted;

    private Band current;
    private int currentRead;
    private long rowsRead;
    private boolean failed;
    private boolean closed;

    /**
     * Enlarges {@code input}, which is closed together with this.
     *
     * @param input RGB
     * @param threads at most this many compute; 1 uses the reading thread alone
     * @param memoryLimit bytes that buffers may take; fewer threads and smaller bands are used to keep it
     * @throws ImageRefused if the smallest band needs more than {@code memoryLimit}; says how many bytes it needs
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
        this.pipeline = plan.pipeline();
        this.format = plan.output(input.format());
        this.current = plan.band();
    }

    /** Bytes of working memory that a picture needs at least: the least limit that is not refused. */
    public static long bytesNeeded(PreparedNetwork network, int width, int height) {
        return BandPlan.bytesNeeded(network, width, height);
    }

    static BandPlan plan(PreparedNetwork network, PictureFormat format, int threads, long memoryLimit)
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
        while (currentRead == current.rows()) {
            failed = true;
            nextBand();
            failed = false;
        }
        rowsRead++;
        return current.row(currentRead++);
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

    /** The first bands may have no rows: what they compute is still on its way through the layers. */
    private void nextBand() throws IOException {
        freeBands.addLast(current);
        // With threads of their own, the next bands are computed while the reader does something with this one.
        while (inFlight.size() < plan.bands()
                && stepsSubmitted < pipeline.steps().count()) {
            // Those that are needed next are allocated while the first is computed.
            inFlight.addLast(submitBand(freeBands.isEmpty() ? plan.band() : freeBands.removeFirst()));
        }
        current = await(inFlight.removeFirst());
        currentRead = 0;
    }

    private Future<Band> submitBand(Band band) throws IOException {
        BandThreads.stopIfInterrupted();
        RowSteps steps = pipeline.steps();
        int first = stepsSubmitted;
        int end = Math.min(first + plan.bandSteps(), steps.count());
        List<float[]> rows = new ArrayList<>();
        for (int y = steps.inputBefore(first); y < steps.inputBefore(end); y++) {
            float[] row = new float[RGB * input.format().width()];
            input.readRow(row);
            rows.add(row);
        }
        stepsSubmitted = end;
        return pipeline.run(end - first, rows, threads, band);
    }

    private static Band await(Future<Band> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BandThreads.interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }
}
