package dev.repsr.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
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
            Tensor values = torch.tensor(rank, 10f * rank);
            collective.mean(values);
            float[] result = new float[2];
            values.data_ptr_float().get(result);
            return result;
        });

        assertThat(means).hasSize(3).allSatisfy(mean -> assertThat(mean).containsExactly(1f, 10f));
    }

    @Test
    void everyRankGetsTheValuesOfTheFirst() throws Exception {
        List<Long> values = ranks(2, (collective, rank) -> {
            Tensor value = torch.tensor(1L << 40 | rank);
            collective.fromFirst(value);
            return value.item_long();
        });

        assertThat(values).containsExactly(1L << 40, 1L << 40);
    }

    @Test
    void aRankThatEndsEndsTheOthersWithASentence() {
        assertThatThrownBy(() -> ranks(2, (collective, rank) -> {
                    if (rank == 0) {
                        collective.mean(torch.tensor(1f));
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
                    try (Collective collective = Collective.open(ranks)) {
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
