package dev.repsr.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.repsr.train.config.ConfigRefused;
import dev.repsr.train.config.ConfigRefused.Kind;
import dev.repsr.train.config.TrainConfig;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    Path folder;

    private Path output;
    private TrainConfig config;

    @BeforeEach
    void readConfig() throws IOException {
        output = folder.resolve("runs/deep");
        Path file = Files.writeString(folder.resolve("a.yaml"), "name: a\nscale: 2\ndata: {train: [hr]}\n");
        config = TrainConfig.read(file, List.of("output=" + output));
    }

    private RunFolder open(boolean resume) throws IOException {
        return RunFolder.open(config, resume, new Checkpoints(output, 2));
    }

    private ConfigRefused refusal(boolean resume) {
        ConfigRefused refused =
                catchThrowableOfType(ConfigRefused.class, () -> open(resume).close());
        assertThat(refused).isNotNull();
        assertThat(refused.kind()).isEqualTo(Kind.DATA);
        return refused;
    }

    @Test
    void theFolderIsMadeAndCanBeOpenedAgainWhenItWasClosed() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (RunFolder opened = open(i > 0)) {
                assertThat(opened.path()).isEqualTo(output).isDirectory();
            }
        }
    }

    @Test
    void aSecondOpeningInTheSameProcessIsRefusedWithAndWithoutResume() throws IOException {
        RunFolder first = open(false);

        assertThat(refusal(false)).hasMessage(output + ": another process trains in this folder");
        assertThat(refusal(true)).hasMessage(output + ": another process trains in this folder");
        first.close();
        open(true).close();
    }

    @Test
    @Timeout(60)
    void anotherProcessIsRefused() throws IOException, InterruptedException {
        Files.createDirectories(output);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        output.resolve(".lock").toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "holder.log"))
                .start();
        try {
            while (!Files.exists(output.resolve("held")) && process.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(refusal(true)).hasMessage(output + ": another process trains in this folder");
        } finally {
            process.destroyForcibly().waitFor();
        }
        open(true).close();
    }

    /** Holds the lock of the folder until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            Path file = Path.of(args[0]);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                Files.createFile(file.resolveSibling("held"));
                while (lock.isValid()) {
                    TimeUnit.SECONDS.sleep(60);
                }
            }
        }
    }

    @Test
    void aFolderWithCheckpointsIsOpenedOnlyToResume() throws IOException {
        Files.createDirectories(output);
        Files.writeString(output.resolve("checkpoint-000000010.safetensors"), "even a damaged one");

        assertThat(refusal(false))
                .hasMessage(output + ": a run lies there already; add --resume to go on with it, or choose another"
                        + " output folder");
        open(true).close();
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws IOException {
        Files.writeString(folder.resolve("runs"), "a file");

        assertThat(refusal(false))
                .hasMessage(output + ": this folder cannot be made or written to; choose another output folder");
    }
}
