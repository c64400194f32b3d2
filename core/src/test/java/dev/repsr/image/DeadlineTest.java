package dev.repsr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.repsr.TestPictures;
import dev.repsr.image.ImageRefused.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A time for decoding holds whatever a decoder does, and costs a sound picture nothing. */
class DeadlineTest {
    /** What the goal allows beyond the deadline. */
    private static final Duration LATE = Duration.ofMillis(250);

    /** What a single picture is allowed on a machine that is busy with other things. */
    private static final Duration HANGS = LATE.multipliedBy(10);

    private static final Duration TIME = Duration.ofMillis(150);

    @AfterAll
    static void endWorkers() {
        DecodeWorkers.shared().close();
    }

    @Test
    void soundPicturesAreTheSameWithADeadline() throws IOException {
        byte[] jpeg = PictureFiles.encoded(PictureFiles.soft(60, 40, BufferedImage.TYPE_INT_RGB), "jpeg");
        byte[] turned = PictureFiles.withSegments(jpeg, PictureFiles.exif(6));
        byte[] cut = Arrays.copyOf(jpeg, jpeg.length - 40);
        Picture noise = TestPictures.noise(9, 9, 3, 8, 1);
        byte[] png = TestPictures.encode(noise, ImageType.PNG);
        for (byte[] file : List.of(jpeg, turned, cut, png, TestPictures.encode(noise, ImageType.WEBP))) {
            ReadOptions options = new ReadOptions(ImageLimits.defaults(), Long.MAX_VALUE, Duration.ofMinutes(2));
            try (PictureSource source = ImageReader.open(new ByteArrayInputStream(file), "the picture", options)) {
                DecodedPicture expected = ImageReaderTest.read(file);
                assertThat(source.picture()).isEqualTo(expected.picture());
                assertThat(source.warnings()).isEqualTo(expected.warnings());
            }
        }
    }

    @Test
    void brokenPicturesAreRefusedByTheWorkerAsHere() throws IOException {
        byte[] bmp = PictureFiles.encoded(PictureFiles.soft(60, 40, BufferedImage.TYPE_INT_RGB), "bmp");
        byte[] cut = Arrays.copyOf(bmp, bmp.length / 2);
        ImageRefused here = catchThrowableOfType(ImageRefused.class, () -> ImageReaderTest.read(cut));
        List<String> warnings = new ArrayList<>();

        ImageRefused there = catchThrowableOfType(
                ImageRefused.class,
                () -> DecodeWorkers.shared()
                        .decode(
                                "the picture",
                                ImageType.BMP,
                                cut,
                                ImageLimits.defaults(),
                                Deadline.in(Duration.ofMinutes(2)),
                                warnings));

        assertThat(there).hasMessage(here.getMessage());
        assertThat(there.reason()).isEqualTo(here.reason());
    }

    @Test
    void decoderThatIgnoresInterruptsIsEnded(TestReporter reporter) throws Throwable {
        hang(5, reporter);
    }

    @Test
    @Tag("data")
    void decoderThatIgnoresInterruptsIsEndedAHundredTimes(TestReporter reporter) throws Throwable {
        hang(100, reporter);
    }

    @Test
    void decoderInThisProcessThatIgnoresInterruptsIsGivenUp() {
        AtomicBoolean released = new AtomicBoolean();
        Deadline deadline = Deadline.in(TIME);

        ImageRefused refused = catchThrowableOfType(
                ImageRefused.class,
                () -> DecodeThread.run("the picture", deadline, () -> {
                    while (!released.get()) {
                        Thread.onSpinWait();
                    }
                    return "decoded";
                }));
        Duration late = Duration.ofNanos(System.nanoTime() - deadline.end());
        released.set(true);

        assertThat(refused.reason()).isEqualTo(Reason.TOO_SLOW);
        assertThat(refused).hasMessageContaining("the picture");
        assertThat(late).isPositive().isLessThan(HANGS);
    }

    @Test
    void decoderInThisProcessThatStillReadsEndsWhenItIsGivenUp() throws Exception {
        SectionInput endless = new SectionInput(List.of(new SectionInput.Section(new byte[16], 0, 16)));
        CountDownLatch ended = new CountDownLatch(1);

        ImageRefused refused = catchThrowableOfType(
                ImageRefused.class,
                () -> DecodeThread.run("the picture", Deadline.in(TIME), () -> {
                    try {
                        while (true) {
                            endless.seek(0);
                            endless.readInt();
                        }
                    } finally {
                        ended.countDown();
                    }
                }));

        assertThat(refused.reason()).isEqualTo(Reason.TOO_SLOW);
        assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void interruptOfWhoeverWaitsForADecoderIsKept() throws ImageRefused {
        Thread.currentThread().interrupt();

        String decoded = DecodeThread.run("the picture", Deadline.in(Duration.ofMinutes(2)), () -> "decoded");

        assertThat(decoded).isEqualTo("decoded");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void timeBetweenTheRowsDoesNotCount() throws Exception {
        byte[] png = TestPictures.encode(TestPictures.noise(9, 9, 3, 8, 1), ImageType.PNG);
        Duration time = Duration.ofSeconds(1);
        ReadOptions options = new ReadOptions(ImageLimits.defaults(), Long.MAX_VALUE, time);

        try (PictureSource source = ImageReader.open(new ByteArrayInputStream(png), "the picture", options)) {
            float[] row = new float[27];
            source.rows().readRow(row);
            Thread.sleep(time.plusMillis(100));
            for (int y = 1; y < 9; y++) {
                source.rows().readRow(row);
            }
        }
    }

    @Test
    void timeThatIsOverIsNotedBetweenRows() throws Exception {
        byte[] png = TestPictures.encode(TestPictures.noise(9, 9, 3, 8, 1), ImageType.PNG);
        ReadOptions options = new ReadOptions(ImageLimits.defaults(), Long.MAX_VALUE, Duration.ofNanos(1));

        ImageRefused refused = catchThrowableOfType(ImageRefused.class, () -> {
            try (PictureSource source = ImageReader.open(new ByteArrayInputStream(png), "the picture", options)) {
                source.rows().readRow(new float[27]);
            }
        });

        assertThat(refused.reason()).isEqualTo(Reason.TOO_SLOW);
    }

    private static void hang(int times, TestReporter reporter) throws IOException {
        byte[] bmp = PictureFiles.encoded(PictureFiles.soft(6, 4, BufferedImage.TYPE_INT_RGB), "bmp");
        DecodeWorkers hanging = new DecodeWorkers(DecodeWorkers.command(HangingWorker.class.getName()));
        Set<String> threadsBefore = threads();
        Set<Long> childrenBefore =
                ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
        Duration[] late = new Duration[times];
        for (int i = 0; i < times; i++) {
            Deadline deadline = Deadline.in(TIME);
            ImageRefused refused = catchThrowableOfType(
                    ImageRefused.class,
                    () -> hanging.decode(
                            "the picture", ImageType.BMP, bmp, ImageLimits.defaults(), deadline, new ArrayList<>()));
            late[i] = Duration.ofNanos(System.nanoTime() - deadline.end());
            assertThat(refused.reason()).isEqualTo(Reason.TOO_SLOW);
        }
        Arrays.sort(late);
        reporter.publishEntry(
                "late",
                "median " + late[times / 2] + ", 9 in 10 " + late[times * 9 / 10] + ", most " + late[times - 1]);
        assertThat(late[0]).isPositive();
        assertThat(late[times / 2]).isLessThan(LATE);
        assertThat(late[times - 1]).isLessThan(HANGS);
        List<ProcessHandle> left = ProcessHandle.current()
                .children()
                .filter(child -> !childrenBefore.contains(child.pid()))
                .toList();
        // Ended processes vanish when the system has noticed.
        left.forEach(child -> child.onExit().orTimeout(1, TimeUnit.MINUTES).join());
        assertThat(threads()).isSubsetOf(threadsBefore);
    }

    /** Names of the threads, without those in which Java itself waits for processes. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("process reaper")
                        && !name.startsWith("VirtualThread")
                        && !name.startsWith("ForkJoinPool")
                        && !name.startsWith("CompletableFuture")
                        && !name.startsWith("Common-Cleaner"))
                .collect(Collectors.toSet());
    }
}
