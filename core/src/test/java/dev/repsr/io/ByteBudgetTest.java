package dev.repsr.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ByteBudgetTest {
    private static final long MIB = 1L << 20;

    @Test
    void whoDoesNotWaitGetsWhatIsFreeOrNothing() {
        ByteBudget budget = new ByteBudget(10 * MIB);
        ByteBudget.Part first = budget.tryTake(7 * MIB).orElseThrow();
        assertThat(budget.tryTake(4 * MIB)).isEmpty();
        assertThat(budget.takenBytes()).isEqualTo(7 * MIB);
        ByteBudget.Part second = budget.tryTake(3 * MIB).orElseThrow();
        first.close();
        second.close();
        assertThat(budget.takenBytes()).isZero();
        // More than there is means all there is.
        assertThat(budget.tryTake(100 * MIB)).isPresent();
        assertThat(budget.takenBytes()).isEqualTo(budget.bytes());
    }

    @Test
    @Timeout(60)
    void jobsNeverHoldMoreThanTheBudgetTogether() throws Exception {
        ByteBudget budget = new ByteBudget(10 * MIB);
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Callable<Void>> jobs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int size = 1 + i % 7;
            jobs.add(() -> {
                try (ByteBudget.Part part = budget.take(size * MIB)) {
                    assertThat(part).isNotNull();
                    int now = held.addAndGet(size);
                    most.accumulateAndGet(now, Math::max);
                    Thread.onSpinWait();
                    held.addAndGet(-size);
                }
                return null;
            });
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (Future<Void> done : pool.invokeAll(jobs)) {
                done.get();
            }
        }
        assertThat(most.get()).isBetween(1, 10);
    }

    @Test
    @Timeout(60)
    void whoAsksForMoreThanAllGetsAll() throws InterruptedException {
        ByteBudget budget = new ByteBudget(MIB);
        for (int i = 0; i < 3; i++) {
            try (ByteBudget.Part part = budget.take(Long.MAX_VALUE)) {
                assertThat(part).isNotNull();
            }
        }
    }
}
