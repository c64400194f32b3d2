package dev.repsr.engine;

import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The mean of what a network makes of an RGB picture laid in all eight orientations, each turned back, as a stream of rows.
 *
 * <p>It is computed for {@link EnsemblePlan#BAND_ROWS} rows of the input at a time, from these and as many rows above and below
 * as the network sees: what lies further away changes nothing in them. The orientations of a band are enlarged one after the
 * other, so a picture of any size runs in bounded memory. The values do not depend on threads or memory limit. They are not
 * clamped.
 *
 * <p>It is cancelled as {@link EnlargedRows} is.
 */
final class EnsembleRows implements PictureRows {
    private static final int RGB = 3;

    private final PictureRows input;
    private final EnsemblePlan plan;
    private final BandThreads threads;
    private final boolean ownsThreads;
    private final PictureFormat format;
    private final int scale;

    /** Rows of the input from {@link #cutTop} on: a band and those around it. */
    private final List<float[]> cut = new ArrayList<>();

    private final float[][] sum;
    private final float[] spare;
    private int cutTop;
    private int bandTop;
    private int bandEnd;
    private int rowsRead;
    private boolean failed;
    private boolean closed;

    EnsembleRows(PictureRows input, EnsemblePlan plan, BandThreads threads, boolean ownsThreads) {
        this.input = input;
        this.plan = plan;
        this.threads = threads;
        this.ownsThreads = ownsThreads;
        this.scale = plan.network().network().scale();
        int width = Math.multiplyExact(plan.width(), scale);
        this.format = input.format().resized(width, Math.multiplyExact(plan.height(), scale));
        this.sum = new float[Math.min(plan.height(), EnsemblePlan.BAND_ROWS) * scale][Math.multiplyExact(RGB, width)];
        this.spare = new float[RGB * scale * Math.max(plan.width(), plan.cutRows())];
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
        if (rowsRead == bandEnd * scale) {
            failed = true;
            nextBand();
            failed = false;
        }
        float[] total = sum[rowsRead - bandTop * scale];
        for (int i = 0; i < total.length; i++) {
            row[i] = total[i] / Orientation.ALL.size();
        }
        rowsRead++;
    }

    private void nextBand() throws IOException {
        bandTop = bandEnd;
        bandEnd = Math.min(plan.height(), bandTop + EnsemblePlan.BAND_ROWS);
        moveCut(Math.max(0, bandTop - plan.halo()), Math.min(plan.height(), bandEnd + plan.halo()));
        for (float[] row : sum) {
            Arrays.fill(row, 0);
        }
        for (Orientation orientation : Orientation.ALL) {
            add(orientation);
        }
    }

    /** Lets go the rows above, and reads those that follow into their arrays. */
    private void moveCut(int top, int end) throws IOException {
        List<float[]> free = cut.subList(0, Math.min(cut.size(), top - cutTop));
        List<float[]> unused = new ArrayList<>(free);
        free.clear();
        cutTop = top;
        while (cutTop + cut.size() < end) {
            BandThreads.stopIfInterrupted();
            float[] row = unused.isEmpty() ? new float[RGB * plan.width()] : unused.removeLast();
            input.readRow(row);
            cut.add(row);
        }
    }

    private void add(Orientation orientation) throws IOException {
        PictureFormat upright = input.format().resized(plan.width(), cut.size());
        OrientedRows laid = new OrientedRows(cut, upright, orientation);
        BandPlan own = plan.orientation(laid.format());
        try (EnlargedRows enlarged = new EnlargedRows(laid, own, threads, false)) {
            // To the end, also where no row of the band follows: what is still computed would hold memory of its own.
            for (int y = 0; y < enlarged.format().height(); y++) {
                float[] row = enlarged.lendRow(spare);
                if (orientation.turned()) {
                    addColumn(row, y, orientation);
                } else {
                    addRow(row, y, orientation);
                }
            }
        }
    }

    /** The row of the sum for a row of the enlarged cut; none if it is not the band's. */
    private int sumRow(int enlargedRow) {
        int row = enlargedRow - (bandTop - cutTop) * scale;
        return row < (bandEnd - bandTop) * scale ? row : -1;
    }

    private void addRow(float[] row, int y, Orientation orientation) {
        int to = sumRow(orientation.row(0, y, cut.size() * scale));
        if (to < 0) {
            return;
        }
        float[] total = sum[to];
        for (int x = 0; x < format.width(); x++) {
            add(row, RGB * x, total, RGB * orientation.column(x, y, format.width()));
        }
    }

    private void addColumn(float[] row, int y, Orientation orientation) {
        int at = RGB * orientation.column(0, y, format.width());
        for (int x = 0; x < cut.size() * scale; x++) {
            int to = sumRow(orientation.row(x, y, cut.size() * scale));
            if (to >= 0) {
                add(row, RGB * x, sum[to], at);
            }
        }
    }

    private static void add(float[] from, int first, float[] to, int at) {
        to[at] += from[first];
        to[at + 1] += from[first + 1];
        to[at + 2] += from[first + 2];
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
}
