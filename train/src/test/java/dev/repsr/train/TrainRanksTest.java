package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.format.ModelFile;
import dev.repsr.network.Weights;
import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.engine.RankLost;
import dev.repsr.train.engine.Ranks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads stand for processes: to the library each is a rank of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrainRanksTest {
    private static final int SIZE = 2;

    private static final float CLOSE = 1e-4f;

    @TempDir
    Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        config = SmallRun.prepare(folder);
    }

    /** But for the order in which numbers are added. */
    @ParameterizedTest
    @ValueSource(strings = {"bn.mode=never", "bn.batch_share=0"})
    void withoutBatchStatisticsTwoProcessesEqualOne(String mode) throws Exception {
        TrainResult one = new TrainRun(SmallRun.config(config, folder.resolve("one"), mode), new RecordingListener())
                .run(false)
                .orElseThrow();
        List<Optional<TrainResult>> two = together(settings("two", mode), settings("two", mode), new TrainRun[SIZE]);

        assertThat(two.get(1)).isEmpty();
        assertClose(weights(two.get(0).orElseThrow()), weights(one));
        assertThat(two.get(0).orElseThrow().sets().getFirst().psnrY())
                .isCloseTo(one.sets().getFirst().psnrY(), within(1e-3));
    }

    /** A stop that only the second process hears of, in each phase, changes nothing but the order of additions. */
    @ParameterizedTest
    @ValueSource(ints = {2, 9})
    void aStopOfOneStopsAllAndTheyGoOnTogether(int iteration) throws Exception {
        List<Optional<TrainResult>> whole = together(settings("whole"), settings("whole"), new TrainRun[SIZE]);

        TrainRun[] runs = new TrainRun[SIZE];
        RecordingListener stops = new RecordingListener(done -> {
            if (done == iteration) {
                runs[1].stop();
            }
        });
        List<Optional<TrainResult>> first = together(settings("parts"), settings("parts"), runs, false, stops);
        assertThat(first).containsOnly(Optional.empty());
        assertThat(runs).extracting(TrainRun::complete).containsOnly(false);
        assertThat(stops.losses.size()).isBetween(iteration, iteration + 1);

        List<Optional<TrainResult>> rest =
                together(settings("parts"), settings("parts"), runs, true, new RecordingListener());

        assertThat(runs).extracting(TrainRun::complete).containsOnly(true);
        assertClose(
                weights(rest.getFirst().orElseThrow()), weights(whole.getFirst().orElseThrow()));
    }

    /** Batches normalised in halves have other statistics than whole ones: what is frozen is the mean of both. */
    @Test
    void statisticsAreAveragedBeforeTheyAreFrozen() throws Exception {
        TrainResult two = together(settings("two"), settings("two"), new TrainRun[SIZE])
                .getFirst()
                .orElseThrow();
        assertThat(two.receipt().maxDifference()).isLessThan(1e-4);
        assertThat(two.sets().getFirst().psnrY()).isGreaterThan(10);
        try (Stream<Path> files = Files.list(folder.resolve("two"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("small.safetensors", "log.csv")
                    .doesNotContain("pictures-1.cache");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimiser.rate=0.002", "engine=torch"})
    void processesWithDifferentConfigurationsOrEnginesAreRefused(String other) {
        assertThatThrownBy(() -> together(settings("two"), settings("two", other), new TrainRun[SIZE]))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .satisfiesAnyOf(
                        failure -> assertThat(failure)
                                .isInstanceOf(ConfigRefused.class)
                                .hasMessageContaining("process 1 has another configuration or other pictures"),
                        failure -> assertThat(failure).isInstanceOf(RankLost.class));
    }

    @Test
    void aBatchThatCannotBeSharedIsRefused() throws Exception {
        TrainConfig odd = settings("odd", "data.batch=3");
        assertThatThrownBy(() -> new TrainRun(odd, new Ranks(0, SIZE, "127.0.0.1", 1), new RecordingListener()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data.batch is 3; with 2 processes it must be a multiple of 2");
    }

    private TrainConfig settings(String output, String... more) throws ConfigRefused {
        return SmallRun.config(config, folder.resolve(output), more);
    }

    private static List<Optional<TrainResult>> together(TrainConfig first, TrainConfig second, TrainRun[] runs)
            throws Exception {
        return together(first, second, runs, false, new RecordingListener());
    }

    private static List<Optional<TrainResult>> together(
            TrainConfig first, TrainConfig second, TrainRun[] runs, boolean resume, TrainListener listener)
            throws Exception {
        int port = freePort();
        for (int rank = 0; rank < SIZE; rank++) {
            Ranks ranks = new Ranks(rank, SIZE, "127.0.0.1", port);
            runs[rank] =
                    new TrainRun(rank == 0 ? first : second, ranks, rank == 0 ? listener : new RecordingListener());
        }
        List<Optional<TrainResult>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(SIZE)) {
            List<Future<Optional<TrainResult>>> futures = new ArrayList<>();
            for (TrainRun run : runs) {
                Callable<Optional<TrainResult>> work = () -> run.run(resume);
                futures.add(threads.submit(work));
            }
            for (Future<Optional<TrainResult>> future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }

    private static List<Float> weights(TrainResult result) throws IOException {
        Weights weights = ModelFile.open(result.model()).network().weights();
        List<Float> all = new ArrayList<>();
        for (String name : weights.names()) {
            for (float value : weights.get(name).toArray()) {
                all.add(value);
            }
        }
        return all;
    }

    private static void assertClose(List<Float> actual, List<Float> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).as("weight " + i).isCloseTo(expected.get(i), within(CLOSE));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
