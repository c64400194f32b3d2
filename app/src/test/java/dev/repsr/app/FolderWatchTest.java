package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.image.ImageType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class FolderWatchTest {
    private static final int PIECES = 12;

    @TempDir
    private Path folder;

    private Path in = Path.of("");
    private Path out = Path.of("");
    private Path model = Path.of("");

    @BeforeEach
    void foldersAreThere() throws IOException {
        in = Files.createDirectory(folder.resolve("in"));
        out = folder.resolve("out");
        model = TestModels.writeNearest(folder, 2);
    }

    /** A run that goes on until its signal. */
    private static final class Watch {
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final StopSignal signal = new StopSignal(Thread.currentThread());
        private final CompletableFuture<Integer> code;

        Watch(Object... arguments) {
            Console console = new Console(
                    InputStream.nullInputStream(),
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    () -> false,
                    signal);
            String[] words = Stream.of(arguments).map(String::valueOf).toArray(String[]::new);
            code = CompletableFuture.supplyAsync(() -> Main.run(words, console), task -> new Thread(task).start());
        }

        void await(BooleanSupplier condition) throws InterruptedException {
            while (!condition.getAsBoolean()) {
                assertThat(code).as(this::said).isNotDone();
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }

        int end() {
            signal.stop();
            return code.join();
        }

        String said() {
            return err.toString(StandardCharsets.UTF_8);
        }
    }

    private Watch watch() {
        return watch(model);
    }

    private Watch watch(Object network, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("upscale", in, "-o", out, "-m", network, "--watch"));
        arguments.addAll(List.of(more));
        return new Watch(arguments.toArray());
    }

    private byte[] enlarged(Path picture) throws IOException {
        Path single = folder.resolve("single.png");
        assertThat(Run.of("upscale", picture, "-o", single, "-m", model, "--overwrite")
                        .code())
                .isZero();
        return Files.readAllBytes(single);
    }

    @Test
    void whatComesIntoTheFolderIsEnlargedOnceItIsWhole() throws Exception {
        TestPictures.writePng(in, "first.png", 20, 16);
        byte[] picture = TestPictures.encode(TestPictures.scene(60, 50), ImageType.PNG);
        Watch watch = watch();
        watch.await(() -> Files.exists(out.resolve("first_x2.png")));

        // Larger at each look, and complete only at the end.
        try (OutputStream slow = Files.newOutputStream(in.resolve("slow.png"))) {
            for (int i = 0; i < PIECES; i++) {
                int from = picture.length * i / PIECES;
                slow.write(picture, from, picture.length * (i + 1) / PIECES - from);
                slow.flush();
                assertThat(out.resolve("slow_x2.png")).doesNotExist();
                TimeUnit.MILLISECONDS.sleep(300);
            }
        }
        watch.await(() -> Files.exists(out.resolve("slow_x2.png")));
        Path part = Files.write(in.resolve("renamed.png.part"), picture);
        watch.await(new Looks(out));
        assertThat(out.resolve("renamed_x2.png")).doesNotExist();
        Files.move(part, in.resolve("renamed.png"));
        watch.await(() -> Files.exists(out.resolve("renamed_x2.png")));

        assertThat(watch.end()).isZero();
        assertThat(watch.said()).isEmpty();
        for (String name : List.of("first", "slow", "renamed")) {
            assertThat(out.resolve(name + "_x2.png")).hasBinaryContent(enlarged(in.resolve(name + ".png")));
        }
    }

    /** True after some more looks: those that found a new picture and enlarged it. */
    private final class Looks implements BooleanSupplier {
        private final Path output;

        Looks(Path out) throws IOException {
            TestPictures.writePng(in, "later.png", 12, 12);
            output = out.resolve("later_x2.png");
        }

        @Override
        public boolean getAsBoolean() {
            return Files.exists(output);
        }
    }

    @Test
    void aRefusedPictureIsToldOnceAndTriedAgainWhenItChanges() throws Exception {
        Files.writeString(in.resolve("broken.png"), "no picture");
        Watch watch = watch();
        watch.await(() -> watch.said().contains("broken.png"));
        watch.await(new Looks(out));
        assertThat(watch.said().lines().filter(line -> line.contains("broken.png")))
                .hasSize(1);

        TestPictures.writePng(in, "broken.png", 20, 16);
        watch.await(() -> Files.exists(out.resolve("broken_x2.png")));

        assertThat(watch.end()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void aSignalLetsThePictureInHandBeFinished() throws Exception {
        for (int i = 0; i < 20; i++) {
            TestPictures.writePng(in, "p" + i + ".png", 300, 200);
        }
        Watch watch = watch("repsr-m4c16-x2", "--threads", "1", "--engine", "scalar");
        watch.await(() -> count() > 0);

        assertThat(watch.end()).isZero();

        long done = count();
        assertThat(done).isBetween(1L, 19L);
        assertThat(watch.said()).isEmpty();
        Watch again = watch("repsr-m4c16-x2", "--engine", "scalar");
        again.await(() -> count() == 20);
        assertThat(again.end()).isZero();
    }

    private long count() {
        String[] names = out.toFile().list((parent, name) -> name.endsWith(".png") && !name.startsWith("."));
        return names == null ? 0 : names.length;
    }

    @Test
    void anotherRunOnTheSameFolderIsRefused() throws Exception {
        TestPictures.writePng(in, "a.png", 20, 16);
        Watch watch = watch();
        watch.await(() -> Files.exists(out.resolve("a_x2.png")));

        Run other = Run.of("upscale", in, "-o", out, "-m", model);

        assertThat(other.code()).isEqualTo(ExitCode.FAILED);
        assertThat(other.err()).contains("another run is writing to " + out);
        assertThat(watch.end()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dry-run", "--no-resume"})
    void whatDoesNotGoWithItIsWrongUsage(String option) {
        Run run = Run.of("upscale", in, "-o", out, "-m", model, "--watch", option);

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).hasLineCount(1).contains(option);
    }

    @Test
    void aPictureCannotBeWatched() throws Exception {
        Path picture = TestPictures.writePng(folder, "a.png", 20, 16);

        Run run = Run.of("upscale", picture, "-m", model, "--watch");

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).hasLineCount(1).contains("--watch is for folders");
    }
}
