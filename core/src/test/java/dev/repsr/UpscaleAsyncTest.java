package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.image.ImageRefused;
import dev.repsr.image.ImageType;
import dev.repsr.io.ByteBudget;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on other threads, and the memory that several of them share. */
@Timeout(60)
class UpscaleAsyncTest {
    private static final long MIB = 1L << 20;
    private static final Upscaler NEAREST = Upscaler.of(TestModels.nearest(3));

    @TempDir
    private Path folder;

    @Test
    void futureGivesWhatTheJobGives() throws Exception {
        Path input = TestPictures.writePng(folder, "in.png", 40, 30);
        Path output = folder.resolve("out.png");
        Thread caller = Thread.currentThread();

        CompletableFuture<UpscaleResult> written = NEAREST.upscale(input)
                .onProgress((done, rows) -> assertThat(Thread.currentThread()).isNotSameAs(caller))
                .async(job -> job.toFile(output));
        BufferedImage image = NEAREST.upscale(input)
                .async(UpscaleJob::asBufferedImage, Runnable::run)
                .get();

        assertThat(written.get().output()).isEqualTo(output.toString());
        assertThat(image.getWidth()).isEqualTo(120);
        assertThat(output).hasBinaryContent(NEAREST.upscale(input).toBytes(ImageType.PNG));
    }

    @Test
    void whatTheJobThrowsIsTheCause() {
        CompletableFuture<BufferedImage> missing =
                NEAREST.upscale(folder.resolve("none.png")).async(UpscaleJob::asBufferedImage);

        assertThatThrownBy(missing::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ImageRefused.class);
    }

    @Test
    void cancelledFutureEndsTheWorkAndLeavesNothingBehind() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goingOn = new CountDownLatch(1);
        CompletableFuture<UpscaleResult> future = NEAREST.upscale(TestPictures.writePng(folder, "in.png", 40, 30))
                .onProgress((done, rows) -> {
                    working.countDown();
                    await(goingOn);
                })
                .async(job -> job.toFile(folder.resolve("out.png")), announcing(ended));
        working.await();

        assertThat(future.cancel(true)).isTrue();
        goingOn.countDown();

        ended.await();
        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        assertThat(names()).containsExactly("in.png");
    }

    @Test
    void futureThatIsLateEndsTheWork() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        UpscaleJob job = NEAREST.upscale(TestPictures.writePng(folder, "in.png", 40, 30));
        CompletableFuture<UpscaleResult> future = job.onProgress((done, rows) -> pause())
                .async(started -> started.toFile(folder.resolve("out.png")), announcing(ended))
                .orTimeout(50, TimeUnit.MILLISECONDS);

        assertThatThrownBy(future::join).hasCauseInstanceOf(TimeoutException.class);

        ended.await();
        assertThat(job.result()).isEmpty();
        assertThat(names()).containsExactly("in.png");
    }

    @Test
    void executorThatTakesNothingIsTold() throws IOException {
        UpscaleJob job = NEAREST.upscale(TestPictures.writePng(folder, "in.png", 4, 4));

        assertThatThrownBy(() -> job.async(UpscaleJob::asBufferedImage, task -> {
                    throw new RejectedExecutionException("full");
                }))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void jobsOfSeveralUpscalersNeverTakeMoreThanTheySharedAndAllGetTheirTurn() throws Exception {
        Path input = TestPictures.writePng(folder, "in.png", 200, 150);
        byte[] bytes = Files.readAllBytes(input);
        byte[] expected = NEAREST.upscale(input).toBytes(ImageType.PNG);
        Upscaler measured = NEAREST.sharing(new ByteBudget(1000 * MIB));
        UpscaleJob alone = measured.upscale(input);
        alone.toBytes(ImageType.PNG);
        long one = alone.result().orElseThrow().memoryBytes();
        // Not enough for two.
        ByteBudget shared = new ByteBudget(one * 3 / 2);
        AtomicLong working = new AtomicLong();
        AtomicLong most = new AtomicLong();
        List<CompletableFuture<byte[]>> all = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Upscaler upscaler =
                    Upscaler.of(TestModels.nearest(3)).sharing(shared).quality(90);
            UpscaleJob job = switch (i % 3) {
                case 0 -> upscaler.upscale(input);
                case 1 -> upscaler.upscale(bytes);
                default -> upscaler.upscale(new ByteArrayInputStream(bytes));
            };
            all.add(job.onProgress((done, rows) -> {
                        if (done == 1) {
                            most.accumulateAndGet(working.incrementAndGet(), Math::max);
                        }
                        assertThat(shared.takenBytes()).isLessThanOrEqualTo(shared.bytes());
                        if (done == rows) {
                            working.decrementAndGet();
                        }
                    })
                    .async(started -> started.toBytes(ImageType.PNG)));
        }

        for (CompletableFuture<byte[]> future : all) {
            assertThat(future.get()).isEqualTo(expected);
        }
        assertThat(most).hasValue(1);
        assertThat(shared.takenBytes()).isZero();
    }

    @Test
    void jobThatWaitsForMemoryIsCancelledAtOnceAndTheThreadIsNotInterruptedAfterwards() throws Exception {
        Path input = TestPictures.writePng(folder, "in.png", 40, 30);
        ByteBudget shared = new ByteBudget(MIB);
        UpscaleJob job = NEAREST.sharing(shared).upscale(input);
        Thread working = Thread.currentThread();
        try (ByteBudget.Part all = shared.take(MIB)) {
            Thread canceller = Thread.ofPlatform().start(() -> {
                while (working.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                job.cancel();
            });
            assertThatThrownBy(job::asBufferedImage).isInstanceOf(UpscaleCancelled.class);
            canceller.join();
            assertThat(all).isNotNull();
        }

        assertThat(Thread.interrupted()).isFalse();
        assertThat(shared.takenBytes()).isZero();
    }

    @Test
    void threadThatIsInterruptedWhileItWaitsForMemoryStaysInterrupted() throws Exception {
        Path input = TestPictures.writePng(folder, "in.png", 40, 30);
        ByteBudget shared = new ByteBudget(MIB);
        try (ByteBudget.Part all = shared.take(MIB)) {
            Thread.currentThread().interrupt();
            UpscaleJob job = NEAREST.sharing(shared).upscale(input);
            assertThatThrownBy(job::asBufferedImage).isInstanceOf(UpscaleCancelled.class);
            assertThat(all).isNotNull();
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void jobThatNeedsMoreThanIsSharedIsRefusedWithTheNeed() throws IOException {
        Path input = TestPictures.writePng(folder, "in.png", 900, 700);
        ByteBudget shared = new ByteBudget(MIB);

        assertThatThrownBy(() -> NEAREST.sharing(shared).upscale(input).asBufferedImage())
                .isInstanceOf(ImageRefused.class)
                .hasMessageContaining("1 MiB are allowed");
        assertThat(shared.takenBytes()).isZero();
    }

    @Test
    void missingFileIsSaidWithASharedMemoryToo() {
        Upscaler sharing = NEAREST.sharing(new ByteBudget(MIB));

        assertThatThrownBy(() -> sharing.upscale(folder.resolve("none.png")).toBytes(ImageType.PNG))
                .isInstanceOfSatisfying(
                        ImageRefused.class, e -> assertThat(e.reason()).isEqualTo(ImageRefused.Reason.MISSING));
    }

    private static Executor announcing(CountDownLatch ended) {
        return task -> Thread.ofPlatform().start(() -> {
            task.run();
            ended.countDown();
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
