package dev.repsr.engine;

import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One picture on its way through a network, step by step as {@link RowSteps} says. Several threads share the work without
 * computing anything twice: each takes the next step, and goes from stage to stage as soon as the step before has done
 * that stage. The values depend on none of this.
 */
final class RowPipeline {
    /** A waiting thread burns this many turns before it lets others have the core. */
    private static final int SPINS = 2000;

    private static final int PAUSE_NANOS = 20_000;

    /** Distance between counters, so that no two of them share a cache line. */
    private static final int SPACING = 32;

    /** Gives room for the next {@code count} enlarged rows, as {@link RowNetwork#emit} fills them. */
    @FunctionalInterface
    interface RowSink {
        float[][] next(int count);
    }

    private final RowNetwork network;
    private final List<? extends RowStage> stages;
    private final RowSteps steps;
    private final int width;
    private final int height;
    private final int scale;

    /** rings[0] holds the picture, rings[l + 1] what stage l computes; row y lies in slot y modulo the ring's length. */
    private final float[][][] rings;

    private final float[] zeros;
    private final Member[] members;

    /** Stages that a step has passed, counted over all steps; step t has the counter t modulo the number of threads. */
    private final AtomicIntegerArray passed;

    private int nextStep;

    RowPipeline(RowNetwork network, int width, int height, int threads) {
        this.network = network;
        this.stages = network.stages();
        this.steps = new RowSteps(stages.size(), height);
        this.width = width;
        this.height = height;
        this.scale = network.network().scale();
        this.rings = new float[stages.size() + 1][][];
        rings[0] = rows(steps.pictureRing(threads), network.pictureFloats(width));
        for (int l = 0; l < stages.size(); l++) {
            rings[l + 1] = rows(steps.ring(l, threads), stages.get(l).outFloats(width));
        }
        this.zeros = rows(1, longestRow(network, width))[0];
        this.members = new Member[threads];
        for (int i = 0; i < threads; i++) {
            members[i] = new Member();
        }
        this.passed = new AtomicIntegerArray(threads * SPACING);
    }

    /** Bytes that a pipeline of these threads holds. */
    static long bytes(RowNetwork network, int width, int height, int threads) {
        List<? extends RowStage> stages = network.stages();
        RowSteps steps = new RowSteps(stages.size(), height);
        long floats = steps.pictureRing(threads) * network.pictureFloats(width);
        for (int l = 0; l < stages.size(); l++) {
            floats += steps.ring(l, threads) * stages.get(l).outFloats(width);
        }
        long longest = longestRow(network, width);
        long own = Arrays.stream(scratchFloats(network, width)).sum() + longest;
        return Float.BYTES * (floats + longest + threads * own);
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
     * Computes the next steps and returns when they are done. After a failure the pipeline is of no more use.
     *
     * @param count of steps
     * @param input the picture's rows that these steps take in, interleaved RGB
     * @param helpers where the other threads come from
     * @param output is asked for rows in order
     * @throws InterruptedIOException if one of the threads is interrupted
     */
    void run(int count, List<float[]> input, BandThreads helpers, RowSink output) throws InterruptedIOException {
        Run run = new Run(nextStep, count, input, output);
        int others = Math.min(count, members.length) - 1;
        CountDownLatch ended = new CountDownLatch(others);
        for (int i = 1; i <= others; i++) {
            Member member = members[i];
            helpers.help(() -> {
                run.work(member);
                ended.countDown();
            });
        }
        run.work(members[0]);
        run.await(ended);
        run.throwFailure();
        nextStep += count;
    }

    /** What a thread has for itself. */
    private final class Member {
        final float[][] in = new float[RowStage.ROWS + 2][];
        final float[][] out = new float[RowStage.ROWS][];
        final float[] waste = new float[zeros.length];
        final float[][] scratch = Arrays.stream(scratchFloats(network, width))
                .mapToObj(floats -> rows(1, floats)[0])
                .toArray(float[][]::new);
    }

    /** The steps of one call, shared by its threads. */
    private final class Run {
        private final int first;
        private final int end;
        private final int firstInput;
        private final List<float[]> input;
        private final RowSink output;
        private final AtomicInteger next;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Run(int first, int count, List<float[]> input, RowSink output) {
            this.first = first;
            this.end = first + count;
            this.firstInput = steps.inputBefore(first);
            this.input = input;
            this.output = output;
            this.next = new AtomicInteger(first);
        }

        /** Takes steps until none is left. What goes wrong in any thread must reach the caller, whatever it is. */
        void work(Member member) {
            try {
                for (int step = next.getAndIncrement(); step < end; step = next.getAndIncrement()) {
                    step(step, member);
                }
            } catch (InterruptedIOException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        }

        /** Waits for the other threads, which use the rows of this pipeline, whatever happens. */
        void await(CountDownLatch ended) {
            boolean interrupted = false;
            while (true) {
                try {
                    ended.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                    failure.compareAndSet(null, BandThreads.interrupted());
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void throwFailure() throws InterruptedIOException {
            switch (failure.get()) {
                case null -> {}
                case InterruptedIOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }

        private void step(int step, Member member) throws InterruptedIOException {
            for (int stage = -1; stage <= stages.size(); stage++) {
                awaitStepBefore(step, stage);
                if (stage < 0) {
                    takeIn(step);
                } else if (stage < stages.size()) {
                    compute(step, stage, member);
                } else {
                    emit(step, member);
                }
                passed.setRelease(step % members.length * SPACING, mark(step, stage));
            }
        }

        /** Counts up with every stage of a step, and from step to step. */
        private int mark(int step, int stage) {
            return step * (stages.size() + 2) + stage + 2;
        }

        private void awaitStepBefore(int step, int stage) throws InterruptedIOException {
            int turns = 0;
            while (step > first
                    && passed.getAcquire((step - 1) % members.length * SPACING) - mark(step - 1, stage) < 0) {
                if (failure.get() != null) {
                    throw BandThreads.interrupted();
                }
                if (turns++ < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            if (failure.get() != null || Thread.currentThread().isInterrupted()) {
                throw BandThreads.interrupted();
            }
        }

        private void takeIn(int step) {
            for (int y = steps.inputBefore(step); y < steps.inputBefore(step + 1); y++) {
                network.load(input.get(y - firstInput), width, row(0, y));
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
            stages.get(stage).compute(member.in, member.out, width, member.scratch);
        }

        private void emit(int step, Member member) {
            for (int y = steps.emittedBefore(step); y < steps.emittedBefore(step + 1); y++) {
                network.emit(row(stages.size(), y), row(0, y), width, output.next(scale), member.scratch[0]);
            }
        }

        private float[] row(int map, int y) {
            return rings[map][y % rings[map].length];
        }
    }
}
