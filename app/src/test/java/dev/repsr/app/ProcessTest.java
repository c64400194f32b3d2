package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.image.ImageType;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a process of its own can show: signals, absent modules and absent jars. */
class ProcessTest {
    private static final int HANG_SECONDS = 120;
    private static final int POLL_MILLIS = 10;
    private static final int LONG_PICTURE = 6000;
    private static final int MANY = 40;

    private static final List<String> VECTOR = List.of("--add-modules", "jdk.incubator.vector");
    /** The JVM's own remarks on these would be taken for ours. */
    private static final List<String> QUIET = List.of("--enable-native-access=ALL-UNNAMED");

    @TempDir
    private Path folder;

    private Path model = Path.of("");

    private static boolean isNoLibtorch(String partOfClassPath) {
        return !partOfClassPath.contains("bytedeco");
    }

    @BeforeEach
    void writeModel() throws IOException {
        model = TestModels.writeNearest(folder, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void signalEndsARunWith130AndLeavesNoPart(String signal) throws Exception {
        Path input = TestPictures.writePng(folder, "large.png", 1000, LONG_PICTURE);
        Path out = Files.createDirectory(folder.resolve("out"));
        Process process = start(true, part -> true, "upscale", input, "-m", model, "-o", out, "--engine", "scalar");
        while (names(out).isEmpty()) {
            assertThat(process.isAlive()).as("still working").isTrue();
            Thread.sleep(POLL_MILLIS);
        }

        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();

        assertThat(end(process).code()).isEqualTo(ExitCode.STOPPED);
        assertThat(names(out)).isEmpty();
    }

    @Test
    void signalDuringAFolderRunLeavesWholeFilesOnlyAndTheSameCommandGoesOn() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        for (int i = 0; i < MANY; i++) {
            TestPictures.writePng(in, "p" + i + ".png", 300, 300);
        }
        Path out = folder.resolve("out");
        Object[] command = {"upscale", in, "-m", model, "-o", out, "--engine", "scalar", "--threads", "2"};
        Process process = start(true, part -> true, command);
        while (!Files.exists(out) || names(out).stream().noneMatch(name -> name.endsWith(".png"))) {
            assertThat(process.isAlive()).as("still working").isTrue();
            Thread.sleep(POLL_MILLIS);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        Run stopped = end(process);
        assertThat(stopped.code()).isEqualTo(ExitCode.STOPPED);
        assertThat(stopped.err()).contains("the same command goes on from here");
        List<String> left = names(out);
        assertThat(left).noneMatch(name -> name.endsWith(".part"));

        Run next = Run.of(command);
        assertThat(next.code()).as(next.err()).isZero();
        assertThat(names(out)).hasSize(MANY + 2).containsAll(left);
        assertThat(next.outText()).contains("were there already");
    }

    @Test
    void withoutTheVectorApiOneLineSaysWhichFlagIsMissing() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        TestPictures.writePng(in, "a.png", 8, 8);
        TestPictures.writePng(in, "b.png", 8, 8);

        // The plan by the network that is usual for such a scale, and one that makes it: both choose an engine.
        Run one = end(start(false, part -> true, "upscale", in.resolve("a.png"), "-m", model));
        Run several = end(start(false, part -> true, "upscale", in, "-s", "1.5", "-m", "fast"));

        for (Run run : List.of(one, several)) {
            assertThat(run.code()).isZero();
            assertThat(run.err())
                    .hasLineCount(1)
                    .contains("JDK_JAVA_OPTIONS=\"--add-modules jdk.incubator.vector\"")
                    .contains("slower");
        }
    }

    @Test
    void withoutLibtorchARunTrainsThroughAllPhasesToTheModel() throws Exception {
        Path config = training();

        Run train = end(start(true, ProcessTest::isNoLibtorch, "train", config));

        assertThat(train.code()).as(train.err()).isZero();
        assertThat(train.err()).contains("computed by the Java engine, which trains all that is asked for");
        assertThat(folder.resolve("run/a.safetensors")).exists();
    }

    private Path training() throws IOException {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        TestPictures.writePng(pictures, "a.png", 48, 48);
        return Files.writeString(folder.resolve("a.yaml"), """
                name: a
                scale: 2
                output: run
                network: {body: 1, channels: 4}
                data: {train: [pictures], patch: 8, batch: 2}
                optimiser: {iterations: 6, warmup: 1}
                bn: {reestimate_batches: 2}
                validation: {sets: [pictures], every: 3}
                """);
    }

    @Test
    void withoutLibtorchARunThatAsksForItIsToldHowToGetItAndTheDoctorSaysSoToo() throws Exception {
        Path config = training();
        String torch = "engine=torch";

        Run train = end(start(true, ProcessTest::isNoLibtorch, "train", config, "--set", torch));
        Run several = end(start(true, ProcessTest::isNoLibtorch, "train", config, "--set", torch, "--processes", "2"));
        Run doctor = end(start(true, ProcessTest::isNoLibtorch, "doctor", config, "--set", torch));

        for (Run run : List.of(train, several)) {
            assertThat(run.code()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err().lines().filter(line -> line.startsWith("repsr: ")))
                    .singleElement()
                    .asString()
                    .contains("engine: torch needs libtorch", "./repsr --with-libtorch");
        }
        assertThat(folder.resolve("run")).doesNotExist();
        assertThat(doctor.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(doctor.outText()).contains("problem: engine: torch needs libtorch", "not ready to train");
    }

    @Test
    void withoutTheJarsOfTrainingPicturesAreEnlargedAndTrainSaysWhatIsMissing() throws Exception {
        Path input = TestPictures.writePng(folder, "photo.png", 8, 8);
        Path config = Files.writeString(folder.resolve("a.yaml"), "name: a\n");
        Predicate<String> withoutTraining = part -> !part.contains("bytedeco")
                && !part.contains("pytorch")
                && !part.contains("repsr-train")
                && !part.contains("train" + File.separator + "target");

        Run upscale = end(start(true, withoutTraining, "upscale", input, "-m", model, "--json"));
        Run train = end(start(true, withoutTraining, "train", config));
        Run bench = end(start(true, withoutTraining, "bench", "train"));

        assertThat(upscale.code()).as(upscale.err()).isZero();
        assertThat(train.code()).isEqualTo(ExitCode.FAILED);
        assertThat(bench.code()).isEqualTo(ExitCode.FAILED);
        assertThat(train.err()).contains("training is not part of this distribution");
        assertThat(bench.err()).contains("training is not part of this distribution");
        assertThat(train.err().lines().filter(line -> line.startsWith("repsr: ")))
                .hasSize(1);
    }

    /** No folder for temporary files; a system that the plug-in has no library for, and on it one that cannot be loaded. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Djava.io.tmpdir=/missing",
                "-Dos.arch=unheard-of",
                "-Dos.arch=unheard-of -Djava.library.path=/broken"
            })
    void libraryThatCannotBeLoadedIsARefusalOfThePicturesThatNeedIt(String properties) throws Exception {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.createFile(broken.resolve(System.mapLibraryName("webp-imageio")));
        Path in = Files.createDirectory(folder.resolve("in"));
        Path png = TestPictures.writePng(in, "a.png", 8, 8);
        Path webp = Files.write(
                in.resolve("b.webp"), TestPictures.encode(TestPictures.noise(8, 8, 3, 8, 1), ImageType.WEBP));
        List<String> options = new ArrayList<>(QUIET);
        Arrays.stream(properties.split(" "))
                .map(property -> property.replace("=/", "=" + folder + "/"))
                .forEach(options::add);

        Run write = end(start(options, part -> true, "upscale", png, "-m", model, "-f", "webp"));
        Run read = end(start(options, part -> true, "upscale", webp, "-m", model));
        Run all = end(start(options, part -> true, "upscale", in, "-m", model, "-o", folder.resolve("out")));

        for (Run run : List.of(write, read, all)) {
            assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.REFUSED);
            assertThat(run.err()).contains("cannot be loaded").doesNotContain("\tat ", "Exception", "LinkError");
        }
        assertThat(folder.resolve("out/a_x4.png")).exists();
        assertThat(names(in)).hasSize(2);
    }

    /** Without the library that writes JSON, the JVM throws an error that is no exception. */
    @Test
    void errorEndsTheProgramAtOnceWithOneSentenceAndWithMoreOnlyWhenAsked() throws Exception {
        Predicate<String> withoutJackson = part -> !part.contains("jackson");

        Run plain = end(start(QUIET, withoutJackson, "models", "--json"));
        Run verbose = end(start(QUIET, withoutJackson, "models", "--json", "-v"));

        assertThat(List.of(plain.code(), verbose.code())).containsOnly(ExitCode.FAILED);
        assertThat(plain.err()).hasLineCount(1).contains("a failure of our own", "NoClassDefFoundError", "-v");
        assertThat(verbose.err()).contains("a failure of our own", "\tat ");
    }

    private static Process start(boolean vector, Predicate<String> classPath, Object... arguments)
            throws IOException, InterruptedException {
        return start(vector ? VECTOR : List.of(), classPath, arguments);
    }

    private static Process start(List<String> options, Predicate<String> classPath, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        String parts = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(classPath)
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-cp", parts, Main.class.getName()));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        command.addAll(0, withDefaultSignals());
        return new ProcessBuilder(command).start();
    }

    /** A build that was started in the background ignores SIGINT, and so would every process that it starts. */
    private static List<String> withDefaultSignals() throws IOException, InterruptedException {
        List<String> reset = List.of("env", "--default-signal=INT,TERM");
        List<String> trial = new ArrayList<>(reset);
        trial.add("true");
        return new ProcessBuilder(trial).start().waitFor() == 0 ? reset : List.of();
    }

    private static Run end(Process process) throws Exception {
        process.getOutputStream().close();
        byte[] out = process.getInputStream().readAllBytes();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(HANG_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
        return new Run(process.exitValue(), out, err);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
