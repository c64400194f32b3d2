package dev.repsr.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.TestPictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BatchLoaderTest {
    private static final PatchShape SHAPE = new PatchShape(2, 4, 3, true, false);

    @TempDir
    static Path folder;

    private static TrainingSet pictures;

    @BeforeAll
    static void writePictures() throws IOException {
        for (int i = 0; i < 5; i++) {
            TestPictures.writePng(folder, i + ".png", 12 + i, 20 - 2 * i);
        }
        pictures = TrainingSet.load(List.of(folder), 2, 4, warning -> {});
    }

    private static Batch expected(PatchShape shape, long seed, long iteration) {
        Batch batch = shape.allocate();
        shape.fill(pictures, new SampleOrder(seed, pictures.size()), iteration, batch);
        return batch;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 1_000_000_007})
    void batchesDoNotDependOnWhereTheLoaderBegan(long first) throws InterruptedException {
        try (BatchLoader loader = new BatchLoader(pictures, SHAPE, 11, first)) {
            for (long iteration = first; iteration < first + 20; iteration++) {
                Batch batch = loader.next();
                Batch expected = expected(SHAPE, 11, iteration);
                assertThat(batch.lr()).containsExactly(expected.lr());
                assertThat(batch.hr()).containsExactly(expected.hr());
            }
            assertThat(loader.waitedSeconds()).isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void aLentBatchStaysUntouchedUntilTheNextIsAskedFor() throws InterruptedException {
        Set<float[]> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
        try (BatchLoader loader = new BatchLoader(pictures, SHAPE, 2, 0)) {
            for (long iteration = 0; iteration < 12; iteration++) {
                Batch batch = loader.next();
                buffers.add(batch.lr());
                Thread.sleep(5); // time for the other thread to spoil it
                assertThat(batch.lr())
                        .containsExactly(expected(SHAPE, 2, iteration).lr());
            }
        }
        assertThat(buffers).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void batchesHaveTheirShapeAndTheirValuesBetweenZeroAndOne() throws InterruptedException {
        try (BatchLoader loader = new BatchLoader(pictures, SHAPE, 1, 0)) {
            Batch batch = loader.next();
            assertThat(batch.lr()).hasSize(3 * 3 * 4 * 4);
            assertThat(batch.hr()).hasSize(3 * 3 * 8 * 8);
            for (float value : batch.hr()) {
                assertThat(value).isBetween(0f, 1f);
            }
        }
    }

    @Test
    void withoutAugmentationPatchesAreCutFromTheSamePlacesUnturned() {
        Batch turned = expected(SHAPE, 3, 0);
        Batch plain = expected(new PatchShape(2, 4, 3, false, false), 3, 0);
        SampleOrder order = new SampleOrder(3, pictures.size());
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < 16; i++) {
                int source = Orientation.source(order.at(k).orientation(), i % 4, i / 4, 4);
                assertThat(turned.lr()[k * 48 + i]).isEqualTo(plain.lr()[k * 48 + source]);
            }
        }
    }

    @Test
    void closingEndsTheThreadWhetherOrNotBatchesWereTaken() throws InterruptedException {
        BatchLoader used = new BatchLoader(pictures, SHAPE, 1, 0);
        used.next();
        used.close();
        new BatchLoader(pictures, SHAPE, 1, 0).close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("repsr-batches"));
        used.close();
    }

    @Test
    void closingInAnInterruptedThreadEndsTheThreadAndKeepsTheInterrupt() {
        BatchLoader loader = new BatchLoader(pictures, SHAPE, 1, 0);
        Thread.currentThread().interrupt();
        loader.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("repsr-batches"));
    }

    @Test
    void afterClosingThereAreNoMoreBatches() throws InterruptedException {
        BatchLoader loader = new BatchLoader(pictures, SHAPE, 1, 0);
        loader.next();
        loader.close();

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        loader.next();
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aFailureInTheThreadReachesTheConsumer() {
        // Pictures hold patches of 4, so one of 64 lies partly outside.
        try (BatchLoader loader = new BatchLoader(pictures, new PatchShape(2, 64, 1, true, false), 1, 0)) {
            assertThatThrownBy(loader::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("failed")
                    .cause()
                    .isInstanceOf(RuntimeException.class);
        }
    }
}
