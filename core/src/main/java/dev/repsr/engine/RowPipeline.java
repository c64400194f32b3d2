package dev.repsr.engine;

import dev.repsr.engine.PartRows.Workspace;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * One picture on its way through a network, step by step as {@link RowSteps} says. Several threads share the work: each cell of a
 * {@link ThreadGrid} does a step as soon as the cell on its left and the one of the stages before have done it, in whichever thread is
 * free. The values depend on none of this.
 */
final class RowPipeline {
    private final RowNetwork network;
    private final RowSteps steps;
    private final ThreadGrid grid;
    private final BandThreads threads;

    /** Each is made by the first thread that computes it: all of them at once, and in the caches where they are needed. */
    private final PartRows[] parts;

    /** [group][part]. */
    private final Workspace[][] workspaces;

    /** [group][part]. */
    private final Cell[][] cells;

    /** Of the steps under way and the one that is read; step t's lies at t modulo their number. */
    private final Band[] bands;

    /** Steps that may begin; guarded, as all that follows and what says where cells are, by the monitor of the threads. */
    private int begun;

    /** The first failure of any thread. */
    private @Nullable Throwable failure;

    RowPipeline(RowNetwork network, int height, ThreadGrid grid, BandThreads threads) {
        this.network = network;
        this.steps = new RowSteps(grid.stages(), height);
        this.grid = grid;
        this.threads = threads;
        this.parts = new PartRows[grid.parts()];
        this.workspaces = new Workspace[grid.groups()][grid.parts()];
        this.cells = new Cell[grid.groups()][grid.parts()];
        this.bands = new Band[grid.stepsKept()];
        for (int group = 0; group < grid.groups(); group++) {
            for (int part = 0; part < grid.parts(); part++) {
                cells[group][part] = new Cell(part, group);
            }
        }
    }

    /** Bytes that a pipeline holds, bands included. */
    static long bytes(RowNetwork network, int height, ThreadGrid grid) {
        long bytes = PartRows.bytes(network, new RowSteps(grid.stages(), height), grid);
        for (int part = 0; part < grid.parts(); part++) {
            bytes += grid.groups() * Workspace.bytes(network, grid.columns(part));
        }
        return bytes + grid.stepsKept() * Band.bytes(network, grid.width());
    }

    RowSteps steps() {
        return steps;
    }

    /** Steps that may begin, or have begun. */
    int begun() {
        synchronized (threads) {
            return begun;
        }
    }

    /** Where a step, the next one or one that is kept, has its rows. */
    Band band(int step) {
        int slot = step % bands.length;
        if (bands[slot] == null) {
            // Those that are needed next are allocated while the first is computed.
            bands[slot] = new Band(network, grid.width());
        }
        return bands[slot];
    }

    /** Lets the next step begin; its band has the rows that it takes in. */
    void begin() {
        synchronized (threads) {
            begun++;
            cells[0][0].addIfReady();
        }
    }

    /** Computes, together with other threads, until a step is done; throws the first failure of any thread. */
    void finish(int step) throws IOException {
        Cell last = cells[grid.groups() - 1][grid.parts() - 1];
        threads.workUntil(() -> last.done > step || failure != null);
        synchronized (threads) {
            if (failure instanceof IOException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }
    }

    /** Some stages of one part, step after step. */
    private final class Cell implements BandThreads.Task {
        private final int part;
        private final int group;
        private int done;
        private boolean added;
        private @Nullable Thread last;

        Cell(int part, int group) {
            this.part = part;
            this.group = group;
        }

        /** With the monitor of the threads. */
        private void addIfReady() {
            boolean ready = done < begun
                    && (part == 0 || cells[group][part - 1].done > done)
                    && (group == 0 || cells[group - 1][part].done > done);
            if (ready && !added && failure == null) {
                added = true;
                threads.add(this);
            }
        }

        @Override
        public boolean lastDoneHere() {
            return last == Thread.currentThread();
        }

        /** What goes wrong in any thread must reach the caller, whatever it is. */
        @Override
        public void run() {
            @Nullable Throwable problem = null;
            try {
                step(done);
            } catch (InterruptedIOException | RuntimeException | Error e) {
                problem = e;
            }
            synchronized (threads) {
                if (failure == null) {
                    failure = problem;
                }
                done++;
                added = false;
                last = Thread.currentThread();
                addIfReady();
                if (part + 1 < grid.parts()) {
                    cells[group][part + 1].addIfReady();
                }
                if (group + 1 < grid.groups()) {
                    cells[group + 1][part].addIfReady();
                }
                threads.changed();
            }
        }

        private void step(int step) throws InterruptedIOException {
            if (step == 0) {
                allocate();
            }
            PartRows rows = parts[part];
            Band band = band(step);
            if (group == 0) {
                rows.takeIn(step, band);
            }
            Workspace own = workspaces[group][part];
            for (int stage = grid.firstStage(group); stage < grid.firstStage(group + 1); stage++) {
                BandThreads.stopIfInterrupted();
                rows.compute(step, stage, own);
            }
            if (group + 1 == grid.groups()) {
                rows.emit(step, band, own);
            }
        }

        private void allocate() {
            if (group == 0) {
                parts[part] = new PartRows(network, steps, grid, part, part == 0 ? null : parts[part - 1]);
            }
            workspaces[group][part] = new Workspace(network, grid.columns(part));
        }
    }
}
