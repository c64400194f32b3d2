package dev.repsr.server.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.image.ImageRefused;
import dev.repsr.server.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who begins when, and who goes on, with work that does nothing but go on until it is told to end. */
@Timeout(120)
class FairShareTest {
    private static final long MIB = 1 << 20;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration GUARD = Duration.ofMinutes(1);

    private final List<Workshop> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Workshop::close);
    }

    private Workshop workshop(int threads, long mebibytes, int queue) {
        Workshop workshop = new Workshop(threads, mebibytes * MIB, queue, (result, worked) -> {});
        opened.add(workshop);
        return workshop;
    }

    /** Fails at its end, since it has no picture to give. */
    private static class Toil implements Work {
        private final long bytes;
        private final boolean small;
        private final BooleanSupplier goesOn;
        final AtomicLong steps = new AtomicLong();
        final AtomicInteger ends = new AtomicInteger();

        Toil(long mebibytes, boolean small, BooleanSupplier goesOn) {
            this.bytes = mebibytes * MIB;
            this.small = small;
            this.goesOn = goesOn;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public boolean isSmall() {
            return small;
        }

        @Override
        public Enlarged run(Ticket ticket) throws IOException {
            while (goesOn.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
                steps.incrementAndGet();
                LockSupport.parkNanos(100_000);
                ticket.progress(0.5);
            }
            throw new ImageRefused(ImageRefused.Reason.DAMAGED, "over");
        }

        @Override
        public void end() {
            ends.incrementAndGet();
        }
    }

    private static Toil endless(long mebibytes, boolean small) {
        return new Toil(mebibytes, small, () -> true);
    }

    private static Toil until(CountDownLatch end, long mebibytes, boolean small) {
        return new Toil(mebibytes, small, () -> end.getCount() > 0);
    }

    @Test
    void aSmallPictureBehindALargeOneDoesNotWaitForIt() throws Exception {
        Workshop workshop = workshop(1, 100, 8);
        Toil large = endless(10, false);
        Ticket first = workshop.submit(large, LONG);
        Waiting.until(GUARD, () -> large.steps.get() > 0);
        AtomicInteger left = new AtomicInteger(1000);
        Ticket second = workshop.submit(new Toil(1, true, () -> left.decrementAndGet() > 0), LONG);

        assertThatThrownBy(second::await).isInstanceOf(Refusal.class);

        assertThat(first.state()).isEqualTo(Ticket.State.RUNNING);
        long before = large.steps.get();
        Waiting.until(GUARD, () -> large.steps.get() > before);
    }

    @Test
    void thoseAtWorkGetTheSameShare() throws Exception {
        Workshop workshop = workshop(1, 100, 8);
        List<Toil> toils = List.of(endless(1, true), endless(1, true), endless(1, true));
        for (Toil toil : toils) {
            workshop.submit(toil, LONG);
        }
        Waiting.until(GUARD, () -> toils.stream().allMatch(toil -> toil.steps.get() > 3000));

        long most = toils.stream().mapToLong(toil -> toil.steps.get()).max().orElseThrow();
        long least = toils.stream().mapToLong(toil -> toil.steps.get()).min().orElseThrow();
        assertThat((double) most / least).isLessThan(2);
    }

    @Test
    void memoryIsNeverPromisedTwiceAndSmallPicturesFindSome() throws Exception {
        Workshop workshop = workshop(2, 80, 20);
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 6; i++) {
            workshop.submit(until(end, 30, false), LONG);
        }
        // Two large ones at most: the third would take what is kept for small ones.
        assertThat(workshop.load().running()).isEqualTo(2);
        assertThat(workshop.load().reservedBytes()).isEqualTo(60 * MIB);
        Ticket small = workshop.submit(new Toil(8, true, () -> false), LONG);
        assertThatThrownBy(small::await).isInstanceOf(Refusal.class);
        end.countDown();
        assertThat(workshop.awaitIdle(GUARD)).isTrue();
        assertThat(workshop.load().reservedBytes()).isZero();
    }

    @Test
    void aStreamOfSmallPicturesDoesNotKeepALargeOneFromItsMemory() throws Exception {
        Workshop workshop = workshop(2, 80, 20);
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            workshop.submit(until(end, 10, true), LONG);
        }
        Toil large = endless(60, false);
        Ticket waits = workshop.submit(large, LONG);
        assertThat(waits.state()).isEqualTo(Ticket.State.QUEUED);
        Ticket more = workshop.submit(until(end, 10, true), LONG);
        assertThat(more.state()).isEqualTo(Ticket.State.QUEUED);
        assertThat(waits.ahead()).contains(0);
        assertThat(more.ahead()).contains(1);

        end.countDown();

        Waiting.until(GUARD, () -> large.steps.get() > 0);
    }

    @Test
    void whoComesTooManyIsRefusedAndNothingIsLost() throws Exception {
        Workshop workshop = workshop(1, 10, 2);
        CountDownLatch end = new CountDownLatch(1);
        List<Toil> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Toil toil = until(end, 10, false);
            workshop.submit(toil, LONG);
            taken.add(toil);
        }
        assertThatThrownBy(() -> workshop.submit(endless(1, true), LONG))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.BUSY);
                    assertThat(refusal.retryAfter()).isPositive();
                });
        end.countDown();
        assertThat(workshop.awaitIdle(GUARD)).isTrue();
        assertThat(taken).allSatisfy(toil -> assertThat(toil.ends).hasValue(1));
    }

    @Test
    void whatIsCancelledOrLateEndsWhereverItIs() throws Exception {
        Workshop workshop = workshop(1, 10, 8);
        Toil working = endless(10, false);
        Toil waiting = endless(10, false);
        Toil late = endless(10, false);
        Ticket first = workshop.submit(working, LONG);
        Ticket second = workshop.submit(waiting, LONG);
        Ticket third = workshop.submit(late, Duration.ofMillis(1));

        assertThatThrownBy(third::await)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.DEADLINE));
        second.cancel();
        first.cancel();
        assertThatThrownBy(first::await)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.CANCELLED));
        assertThat(second.state()).isEqualTo(Ticket.State.CANCELLED);
        assertThat(workshop.awaitIdle(GUARD)).isTrue();
        assertThat(List.of(working, waiting, late))
                .allSatisfy(toil -> assertThat(toil.ends).hasValue(1));
        assertThat(workshop.load().reservedBytes()).isZero();
    }

    @Test
    void tenThousandPicturesOfAllKindsLeaveNoReservation() throws Exception {
        Workshop workshop = workshop(2, 64, 100_000);
        AtomicLong over = new AtomicLong();
        List<Thread> clients = new ArrayList<>();
        for (int c = 0; c < 8; c++) {
            int client = c;
            clients.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 1250; i++) {
                    Work work = new Toil(1 + (i * 7 + client) % 40, i % 3 != 0, () -> false) {
                        @Override
                        public void end() {
                            over.incrementAndGet();
                        }
                    };
                    try {
                        Ticket ticket = workshop.submit(work, LONG);
                        if (i % 5 == 0) {
                            ticket.cancel();
                        }
                    } catch (Refusal e) {
                        throw new IllegalStateException(e);
                    }
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        assertThat(workshop.awaitIdle(GUARD)).isTrue();
        assertThat(over).hasValue(10_000);
        assertThat(workshop.load()).isEqualTo(new Workshop.Load(0, 0, 0, 64 * MIB));
    }
}
