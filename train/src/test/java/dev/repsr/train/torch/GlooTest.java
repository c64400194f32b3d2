package dev.repsr.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.train.engine.Collective;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.Ranks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads stand for processes: to the library each is a rank of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GlooTest {
    interface Rank<T> {
        T run(Collective collective, int rank) throws Exception;
    }

    @Test
    void theMeanIsTheSameOnEveryRank() throws Exception {
        List<float[]> means = ranks(3, (collective, rank) -> {
            float[] values = {rank, 10f * rank};
            collective.mean(values);
            return values;
        });

        assertThat(means).hasSize(3).allSatisfy(mean -> assertThat(mean).containsExactly(1f, 10f));
    }

    @Test
    void everyRankGetsTheValuesOfTheFirst() throws Exception {
        List<Long> numbers = ranks(2, (collective, rank) -> {
            long[] number = {1L << 40 | rank};
            collective.fromFirst(number);
            return number[0];
        });
        List<float[]> values = ranks(2, (collective, rank) -> {
            float[] own = {rank + 0.5f, -rank};
            collective.fromFirst(own);
            collective.fromFirst(new float[0]);
            return own;
        });

        assertThat(numbers).containsExactly(1L << 40, 1L << 40);
        assertThat(values).hasSize(2).allSatisfy(own -> assertThat(own).containsExactly(0.5f, 0));
    }

    @Test
    void aRankThatEndsEndsTheOthersWithASentence() {
        assertThatThrownBy(() -> ranks(2, (collective, rank) -> {
                    if (rank == 0) {
                        collective.meanOf(1);
                    }
                    return rank;
                }))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(RankLost.class)
                .hasMessageStartingWith("process 0 of 2 lost the others: one has ended or cannot be reached (");
    }

    /** What each of some processes gives. */
    static <T> List<T> ranks(int size, Rank<T> rank) throws Exception {
        int port = freePort();
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(size)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Ranks ranks = new Ranks(i, size, "127.0.0.1", port);
                Callable<T> work = () -> {
                    try (Collective collective = Gloo.open(ranks)) {
                        return rank.run(collective, ranks.rank());
                    }
                };
                futures.add(threads.submit(work));
            }
            for (Future<T> future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
