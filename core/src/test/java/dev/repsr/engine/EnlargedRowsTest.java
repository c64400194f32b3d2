package dev.repsr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.PictureRows;
import dev.repsr.network.Network;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EnlargedRowsTest {
    private static final Network NETWORK = Networks.random(1, 4, 2, 1);
    private static final PreparedNetwork SCALAR = new ScalarEngine().prepare(NETWORK);
    private static final PictureFormat FORMAT = new PictureFormat(6, 3000, 3, 8);
    private static final float[] PICTURE = Networks.picture(3 * 6 * 3000, 1);

    @Test
    void refusesAPictureThatDoesNotFitAndSaysHowManyBytesItNeeds() throws IOException {
        long needed = BandPlan.bytesNeeded(SCALAR, 6, 3000);
        assertThatThrownBy(() -> new EnlargedRows(SCALAR, new ArrayRows(FORMAT, PICTURE), 1, needed - 1))
                .isInstanceOfSatisfying(
                        ImageRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ImageRefused.Reason.TOO_LARGE))
                .hasMessageContaining(Long.toString(needed))
                .hasMessageContaining("6x3000");
        new EnlargedRows(SCALAR, new ArrayRows(FORMAT, PICTURE), 8, needed).close();
    }

    @Test
    void keepsThePlannedBytesWithinTheLimit() throws IOException {
        long needed = BandPlan.bytesNeeded(SCALAR, 6, 3000);
        for (long limit = needed; limit < 40 * needed; limit += needed / 3) {
            for (int threads = 1; threads < 9; threads++) {
                BandPlan plan = BandPlan.of(SCALAR, 6, 3000, threads, limit);
                assertThat(plan.bytes()).isLessThanOrEqualTo(limit);
                assertThat(plan.threads()).isBetween(1, threads);
            }
        }
        assertThat(BandPlan.of(SCALAR, 6, 3000, 2, Long.MAX_VALUE).threads()).isEqualTo(2);
        assertThat(BandPlan.of(SCALAR, 6, 1, 8, Long.MAX_VALUE).threads()).isEqualTo(1);
        assertThat(BandPlan.of(SCALAR, 6, 3000, 8, Long.MAX_VALUE).threads()).isEqualTo(NETWORK.radius());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void holdsOnlyAWindowOfTheInput(int threads) throws IOException {
        ArrayRows input = new ArrayRows(FORMAT, PICTURE);
        BandPlan plan = BandPlan.of(SCALAR, 6, 3000, threads, Long.MAX_VALUE);
        int window = (plan.grid().stepsKept() + 1) * RowStage.ROWS + NETWORK.radius();
        assertThat(window).isLessThan(1000);
        float[] row = new float[3 * 12];
        try (EnlargedRows rows = new EnlargedRows(SCALAR, input, threads, Long.MAX_VALUE)) {
            assertThat(rows.format()).isEqualTo(new PictureFormat(12, 6000, 3, 8));
            for (int y = 0; y < 6000; y++) {
                rows.readRow(row);
                assertThat(input.rowsRead()).isLessThanOrEqualTo(y / 2 + 1 + window);
            }
            assertThatThrownBy(() -> rows.readRow(row)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(input.closed()).isTrue();
    }

    @Test
    void readsTheInputInTheReadersThread() throws IOException {
        Thread reader = Thread.currentThread();
        PictureRows input = new Forwarding(new ArrayRows(FORMAT, PICTURE)) {
            @Override
            public void readRow(float[] row) throws IOException {
                assertThat(Thread.currentThread()).isSameAs(reader);
                super.readRow(row);
            }
        };
        assertThat(ArrayRows.readAll(new EnlargedRows(SCALAR, input, 3, Long.MAX_VALUE)))
                .hasSize(4 * PICTURE.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void handsAFailureOfTheInputToTheReader(int threads) throws IOException {
        IOException failure = new IOException("truncated");
        PictureRows input = new Forwarding(new ArrayRows(FORMAT, PICTURE)) {
            private int next;

            @Override
            public void readRow(float[] row) throws IOException {
                if (next++ == 700) {
                    throw failure;
                }
                super.readRow(row);
            }
        };
        try (EnlargedRows rows = new EnlargedRows(SCALAR, input, threads, Long.MAX_VALUE)) {
            float[] row = new float[3 * 12];
            assertThatThrownBy(() -> {
                        for (int y = 0; y < 6000; y++) {
                            rows.readRow(row);
                        }
                    })
                    .isSameAs(failure);
            assertThatThrownBy(() -> rows.readRow(row)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(computingThreads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void handsAFailureOfABandToTheReader(int threads) throws IOException {
        for (Throwable failure : new Throwable[] {new IllegalStateException("bug"), new StackOverflowError("deep")}) {
            PreparedNetwork failing = new Stub(call -> {
                if (call > 200) {
                    fail(failure);
                }
            });
            try (EnlargedRows rows =
                    new EnlargedRows(failing, new ArrayRows(FORMAT, PICTURE), threads, Long.MAX_VALUE)) {
                assertThatThrownBy(() -> ArrayRows.readAll(rows)).isSameAs(failure);
            }
        }
        assertThat(computingThreads()).isZero();
    }

    @Test
    void stopsItsThreadsWhenItIsClosedEarly() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        Thread reader = Thread.currentThread();
        PreparedNetwork stuck = new Stub(call -> {
            if (call > 20 && Thread.currentThread() != reader) {
                reader.interrupt();
                await(never);
            }
        });
        ArrayRows input = new ArrayRows(FORMAT, PICTURE);
        EnlargedRows rows = new EnlargedRows(stuck, input, 3, Long.MAX_VALUE);
        float[] row = new float[3 * 12];
        assertThatThrownBy(() -> {
                    for (int y = 0; y < 6000; y++) {
                        rows.readRow(row);
                    }
                })
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(bandThreads()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(computingThreads()).isPositive();
        rows.close();
        rows.close();
        assertThat(computingThreads()).isZero();
        assertThat(input.closed()).isTrue();
        assertThatThrownBy(() -> rows.readRow(new float[3 * 12])).isInstanceOf(IllegalStateException.class);
    }

    /** Some threads then have not begun what others wait for. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void stopsItsThreadsWheneverItIsClosed() throws IOException {
        for (int i = 0; i < 2000; i++) {
            EnlargedRows rows = new EnlargedRows(SCALAR, new ArrayRows(FORMAT, PICTURE), 3, Long.MAX_VALUE);
            rows.readRow(new float[3 * 12]);
            rows.close();
        }
        assertThat(computingThreads()).isZero();
    }

    @Test
    void usesNoThreadOfItsOwnWhenOneIsAskedFor() throws IOException {
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        PreparedNetwork noting = new Stub(call -> used.add(Thread.currentThread()));
        ArrayRows.readAll(new EnlargedRows(noting, new ArrayRows(FORMAT, PICTURE), 1, Long.MAX_VALUE));
        assertThat(used).containsExactly(Thread.currentThread());
    }

    @Test
    void threadsThatHaveNothingToDoEnd() throws Exception {
        ArrayRows.readAll(new EnlargedRows(SCALAR, new ArrayRows(FORMAT, PICTURE), 3, Long.MAX_VALUE));
        Set<Thread> waiting = bandThreads().keySet();
        assertThat(waiting).isNotEmpty();
        for (Thread thread : waiting) {
            thread.join();
        }
    }

    @Test
    void endsWithInterruptedIoExceptionWhenTheReaderIsInterruptedWhileItWaits() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        PreparedNetwork stuck = new Stub(call -> {
            started.countDown();
            await(never);
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> stillInterrupted = new AtomicReference<>(false);
        Thread reader = Thread.ofPlatform().start(() -> {
            try (EnlargedRows rows = new EnlargedRows(stuck, new ArrayRows(FORMAT, PICTURE), 2, Long.MAX_VALUE)) {
                rows.readRow(new float[3 * 12]);
            } catch (IOException e) {
                thrown.set(e);
            }
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        started.await();
        reader.interrupt();
        reader.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
        assertThat(stillInterrupted.get()).isTrue();
        assertThat(computingThreads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void endsWithInterruptedIoExceptionWhenTheReaderWasInterrupted(int threads) throws IOException {
        try (EnlargedRows rows = new EnlargedRows(SCALAR, new ArrayRows(FORMAT, PICTURE), threads, Long.MAX_VALUE)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> rows.readRow(new float[3 * 12])).isInstanceOf(InterruptedIOException.class);
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(computingThreads()).isZero();
    }

    @Test
    void takesRgbOnly() {
        PictureFormat grey = new PictureFormat(6, 3000, 1, 8);
        assertThatThrownBy(() -> new EnlargedRows(SCALAR, new ArrayRows(grey, PICTURE), 1, Long.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Threads that wait for work keep nothing of a picture. */
    static long computingThreads() {
        return bandThreads().values().stream()
                .filter(frames -> Arrays.stream(frames)
                        .anyMatch(frame -> frame.getClassName().startsWith(RowPipeline.class.getName())))
                .count();
    }

    private static Map<Thread, StackTraceElement[]> bandThreads() {
        Map<Thread, StackTraceElement[]> threads = new HashMap<>(Thread.getAllStackTraces());
        threads.keySet().removeIf(thread -> !thread.getName().startsWith("repsr-band-"));
        return threads;
    }

    /** Waits until the thread is interrupted, and leaves it so. */
    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void fail(Throwable failure) {
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException(failure);
        }
    }

    /** The network with something that happens before each call of its first stage; the first call has the number 0. */
    private static final class Stub extends ForwardingNetwork {
        private final IntConsumer before;
        private final AtomicInteger calls = new AtomicInteger();

        Stub(IntConsumer before) {
            super(SCALAR.forPicture(6, 3000));
            this.before = before;
        }

        @Override
        public List<RowStage> stages() {
            List<RowStage> stages = new ArrayList<>(super.stages());
            RowStage first = stages.getFirst();
            stages.set(0, new RowStage() {
                @Override
                public long weightBytes() {
                    return first.weightBytes();
                }

                @Override
                public long outFloats(int width) {
                    return first.outFloats(width);
                }

                @Override
                public long[] scratchFloats(int width) {
                    return first.scratchFloats(width);
                }

                @Override
                public void copy(float[] from, int left, int width, float[] to, int at, int toWidth, int columns) {
                    first.copy(from, left, width, to, at, toWidth, columns);
                }

                @Override
                public void compute(float[][] in, float[][] out, int left, int end, int width, float[][] scratch) {
                    before.accept(calls.getAndIncrement());
                    first.compute(in, out, left, end, width, scratch);
                }
            });
            return stages;
        }
    }

    private static class Forwarding implements PictureRows {
        private final PictureRows rows;

        Forwarding(PictureRows rows) {
            this.rows = rows;
        }

        @Override
        public PictureFormat format() {
            return rows.format();
        }

        @Override
        public void readRow(float[] row) throws IOException {
            rows.readRow(row);
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
