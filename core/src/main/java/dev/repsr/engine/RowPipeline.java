package dev.repsr.engine;

import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One picture on its way through a network, step by step as {@link RowSteps} says. Several threads share the work as
 * {@link ThreadGrid} says, without computing anything twice: each goes from stage to stage as soon as the part on its left and
 * the step before have done that stage. The values depend on none of this.
 */
final class RowPipeline {
    /** A waiting thread burns this many turns before it lets others have the core. */
    private static final int SPINS = 2000;

    private static final int PAUSE_NANOS = 20_000;

    /** Distance between counters, so that no two of them share a cache line. */
    private static final int SPACING = 32;

    private final RowNetwork network;
    private final List<? extends RowStage> stages;
    private final RowSteps steps;
    private final ThreadGrid grid;
    private final int width;
    private final int height;
    private final int scale;

    /** rings[0] holds the picture, rings[l + 1] what stage l computes; row y lies in slot y modulo the ring's length. */
    private final float[][][] rings;

    private final float[] zeros;
    private final Member[] members;

    /** Stages that a member has passed, counted over all steps. */
    private final AtomicIntegerArray passed;

    /** The first failure of any thread. */
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private int nextStep;

    RowPipeline(RowNetwork network, int height, ThreadGrid grid) {
        this.network = network;
        this.stages = network.stages();
        this.steps = new RowSteps(stages.size(), height);
        this.grid = grid;
        this.width = grid.width();
        this.height = height;
        this.scale = network.network().scale();
        this.rings = new float[stages.size() + 1][][];
        rings[0] = rows(steps.pictureRing(grid.stepsKept()), network.pictureFloats(width));
        for (int l = 0; l < stages.size(); l++) {
            rings[l + 1] = rows(steps.ring(l, grid.stepsKept()), stages.get(l).outFloats(width));
        }
        this.zeros = rows(1, longestRow(network, width))[0];
        this.members = new Member[grid.threads()];
        for (int i = 0; i < members.length; i++) {
            members[i] = new Member(i % grid.parts(), i / grid.parts());
        }
        this.passed = new AtomicIntegerArray(members.length * SPACING);
    }

    /** Bytes that a pipeline of these threads holds. */
    static long bytes(RowNetwork network, int height, ThreadGrid grid) {
        int width = grid.width();
        List<? extends RowStage> stages = network.stages();
        RowSteps steps = new RowSteps(stages.size(), height);
        long floats = steps.pictureRing(grid.stepsKept()) * network.pictureFloats(width);
        for (int l = 0; l < stages.size(); l++) {
            floats += steps.ring(l, grid.stepsKept()) * stages.get(l).outFloats(width);
        }
        long longest = longestRow(network, width);
        long own = Arrays.stream(scratchFloats(network, width)).sum() + longest;
        return Float.BYTES * (floats + longest + grid.threads() * own);
    }

    private static long longestRow(RowNetwork network, int width) {
        return Math.max(
                network.pictureFloats(width),
                network.stages().stream()
                        .mapToLong(stage -> stage.outFloats(width))
                        .max()
                        .orElseThrow());
    }

    /** The longest of each that any stage needs; emitting takes the first. */
    private static long[] scratchFloats(RowNetwork network, int width) {
        long[] most = {network.enlargedFloats(width)};
        for (RowStage stage : network.stages()) {
            long[] floats = stage.scratchFloats(width);
            most = Arrays.copyOf(most, Math.max(most.length, floats.length));
            for (int i = 0; i < floats.length; i++) {
                most[i] = Math.max(most[i], floats[i]);
            }
        }
        return most;
    }

    private static float[][] rows(int rows, long floats) {
        return new float[rows][Math.toIntExact(floats)];
    }

    RowSteps steps() {
        return steps;
    }

    /**
     * Lets the next steps be computed after those before them. After a failure the pipeline is of no more use.
     *
     * @param count of steps
     * @param input the picture's rows that these steps take in, interleaved RGB
     * @param threads as many as the grid has
     * @param output gets the rows that these steps emit
     * @return is done with the steps, or fails with the first failure of any thread
     */
    Future<Band> run(int count, List<float[]> input, BandThreads threads, Band output) {
        Run run = new Run(nextStep, count, input, output);
        nextStep += count;
        for (int i = 0; i < members.length; i++) {
            Member member = members[i];
            threads.execute(i, () -> run.work(member));
        }
        return run.done;
    }

    /** What a thread has for itself. */
    private final class Member {
        /** Which columns are its own. */
        final int part;

        /** Which steps are, modulo the number of steps under way. */
        final int phase;

        final float[][] in = new float[RowStage.ROWS + 2][];
        final float[][] out = new float[RowStage.ROWS][];
        final float[] waste = new float[zeros.length];
        final float[][] scratch = Arrays.stream(scratchFloats(network, width))
                .mapToObj(floats -> rows(1, floats)[0])
                .toArray(float[][]::new);

        Member(int part, int phase) {
            this.part = part;
            this.phase = phase;
        }
    }

    /** The steps of one call, shared by its threads. */
    private final class Run {
        private final int first;
        private final int end;
        private final int firstInput;
        private final List<float[]> input;
        private final Band output;
        private final AtomicInteger atWork = new AtomicInteger(members.length);
        private final CompletableFuture<Band> done = new CompletableFuture<>();

        Run(int first, int count, List<float[]> input, Band output) {
            this.first = first;
            this.end = first + count;
            this.firstInput = steps.inputBefore(first);
            this.input = input;
            this.output = output;
            output.begin((steps.emittedBefore(end) - steps.emittedBefore(first)) * scale);
        }

        /** Does a member's steps. What goes wrong in any thread must reach the caller, whatever it is. */
        void work(Member member) {
            try {
                int begin = first + Math.floorMod(member.phase - first, grid.steps());
                for (int step = begin; step < end; step += grid.steps()) {
                    step(step, member);
                }
            } catch (InterruptedIOException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
            if (atWork.decrementAndGet() == 0) {
                Throwable problem = failure.get();
                if (problem == null) {
                    done.complete(output);
                } else {
                    done.completeExceptionally(problem);
                }
            }
        }

        private void step(int step, Member member) throws InterruptedIOException {
            for (int stage = -1; stage <= stages.size(); stage++) {
                awaitOthers(step, stage, member);
                if (stage < 0) {
                    takeIn(step, member);
                } else if (stage < stages.size()) {
                    compute(step, stage, member);
                } else {
                    emit(step, member);
                }
                passed.setRelease(counter(step, member.part), mark(step, stage));
            }
        }

        /** Counts up with every stage of a step, and from step to step. */
        private int mark(int step, int stage) {
            return step * (stages.size() + 2) + stage + 2;
        }

        private int counter(int step, int part) {
            return (step % grid.steps() * grid.parts() + part) * SPACING;
        }

        private void awaitOthers(int step, int stage, Member member) throws InterruptedIOException {
            if (member.part > 0) {
                await(step, member.part - 1, stage);
            }
            await(step - 1, member.part, stage);
            if (member.part + 1 < grid.parts() && stage < stages.size()) {
                // Rows are about to be overwritten that the part on the right reads in its next stage, the picture's
                // until the end.
                await(step - grid.stepsKept(), member.part + 1, stage < 0 ? stages.size() : stage + 1);
            }
            stopIfOver();
        }

        /** When threads are ended, some never begin what others wait for. */
        private void stopIfOver() throws InterruptedIOException {
            if (failure.get() != null || Thread.currentThread().isInterrupted()) {
                throw BandThreads.interrupted();
            }
        }

        /** Waits until a part of a step, if there is such a step, has passed a stage. */
        private void await(int step, int part, int stage) throws InterruptedIOException {
            int turns = 0;
            while (step >= 0 && passed.getAcquire(counter(step, part)) - mark(step, stage) < 0) {
                stopIfOver();
                if (turns++ < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }

        private void takeIn(int step, Member member) {
            int left = grid.first(member.part, -1);
            int right = grid.end(member.part, -1);
            for (int y = steps.inputBefore(step); y < steps.inputBefore(step + 1); y++) {
                network.load(input.get(y - firstInput), left, right, width, row(0, y));
            }
        }

        private void compute(int step, int stage, Member member) {
            int top = steps.firstRow(step, stage);
            if (top + RowStage.ROWS <= 0 || top >= height) {
                return;
            }
            for (int i = 0; i < member.in.length; i++) {
                int y = top - 1 + i;
                member.in[i] = y >= 0 && y < height ? row(stage, y) : zeros;
            }
            for (int i = 0; i < member.out.length; i++) {
                int y = top + i;
                member.out[i] = y >= 0 && y < height ? row(stage + 1, y) : member.waste;
            }
            int left = grid.first(member.part, stage);
            int right = grid.end(member.part, stage);
            stages.get(stage).compute(member.in, member.out, left, right, width, member.scratch);
        }

        private void emit(int step, Member member) {
            int left = grid.first(member.part, stages.size());
            int right = grid.end(member.part, stages.size());
            for (int y = steps.emittedBefore(step); y < steps.emittedBefore(step + 1); y++) {
                float[][] enlarged = output.rows((y - steps.emittedBefore(first)) * scale, scale);
                network.emit(row(stages.size(), y), row(0, y), left, right, width, enlarged, member.scratch[0]);
            }
        }

        private float[] row(int map, int y) {
            return rings[map][y % rings[map].length];
        }
    }
}
