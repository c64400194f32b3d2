package dev.repsr.engine;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * An RGB picture enlarged by a network, as a stream of rows in order. Bands of rows are computed by several threads; the
 * input is read in the thread that reads from here, and only a window of it is held, so a picture of any size runs in
 * bounded memory. The values do not depend on threads, bands or memory limit. They are not clamped.
 *
 * <p>To cancel, close it in the thread that reads, or interrupt that thread: reading then ends with
 * {@link InterruptedIOException} and the interrupt status stays set. What goes wrong in a band is thrown by
 * {@link #readRow}.
 */
public final class EnlargedRows implements PictureRows {
    private static final int RGB = 3;

    private final PreparedNetwork network;
    private final PictureRows input;
    private final BandThreads threads;
    private final boolean ownsThreads;
    private final BandPlan plan;
    private final int width;
    private final int height;
    private final PictureFormat format;

    private final Queue<BandWorker> idleWorkers = new ConcurrentLinkedQueue<>();
    private final Deque<FutureTask<Band>> inFlight = new ArrayDeque<>();
    private final Deque<float[][]> freeOutputs = new ArrayDeque<>();

    /** The input rows {@code windowTop} to {@code inputRead - 1}. */
    private final Deque<float[]> window = new ArrayDeque<>();

    private int windowTop;
    private int inputRead;
    private int nextBandTop;

    private float[][] current = new float[0][];
    private int currentRows;
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
        this(network, input, plan(network, input.format(), threads, memoryLimit));
    }

    private EnlargedRows(PreparedNetwork network, PictureRows input, BandPlan plan) {
        this(network, input, plan, new BandThreads(plan.threads()), true);
    }

    /** Computes on threads that may be shared, and that are closed elsewhere unless owned. */
    EnlargedRows(PreparedNetwork network, PictureRows input, BandPlan plan, BandThreads threads, boolean ownsThreads) {
        this.network = network;
        this.input = input;
        this.threads = threads;
        this.ownsThreads = ownsThreads;
        this.plan = plan;
        this.width = input.format().width();
        this.height = input.format().height();
        int scale = network.network().scale();
        this.format = input.format().resized(Math.multiplyExact(width, scale), Math.multiplyExact(height, scale));
    }

    /**
     * Bytes of working memory that a picture of this width needs at least: the least limit that is not refused. It does
     * not depend on the height.
     */
    public static long bytesNeeded(PreparedNetwork network, int width) {
        return BandPlan.bytesNeeded(network, width);
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
        if (closed || failed || rowsRead == format.height()) {
            throw new IllegalStateException(closed ? "closed" : failed ? "failed before" : "all rows have been read");
        }
        if (currentRead == currentRows) {
            failed = true;
            nextBand();
            failed = false;
        }
        System.arraycopy(current[currentRead], 0, row, 0, RGB * format.width());
        currentRead++;
        rowsRead++;
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

    private void nextBand() throws IOException {
        if (current.length > 0) {
            freeOutputs.add(current);
            current = new float[0][];
        }
        while (inFlight.size() < plan.bandsInFlight() && nextBandTop < height) {
            submitBand();
        }
        Band band = await(inFlight.removeFirst());
        current = band.output();
        currentRows = band.outputRows();
        currentRead = 0;
    }

    private void submitBand() throws IOException {
        Band.stopIfInterrupted();
        int radius = network.network().radius();
        int rows = Math.min(plan.bandRows(), height - nextBandTop);
        int first = Math.max(0, nextBandTop - radius);
        while (windowTop < first) {
            window.removeFirst();
            windowTop++;
        }
        int end = (int) Math.min(height, (long) nextBandTop + rows + radius);
        while (inputRead < end) {
            float[] row = new float[RGB * width];
            input.readRow(row);
            window.addLast(row);
            inputRead++;
        }
        int scale = network.network().scale();
        float[][] output =
                freeOutputs.isEmpty() ? new float[rows * scale][RGB * format.width()] : freeOutputs.removeFirst();
        Band band = new Band(nextBandTop, rows, scale, first, List.copyOf(window), output);
        nextBandTop += rows;
        FutureTask<Band> task = new FutureTask<>(() -> compute(band));
        inFlight.addLast(task);
        threads.execute(task);
    }

    private Band compute(Band band) throws IOException {
        BandWorker worker = idleWorkers.poll();
        if (worker == null) {
            worker = network.worker(width, height);
        }
        band.compute(worker);
        idleWorkers.add(worker);
        return band;
    }

    private static Band await(FutureTask<Band> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Band.interrupted();
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
