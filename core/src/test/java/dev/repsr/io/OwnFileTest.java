package dev.repsr.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** All that keep a file open under a name of their own: the log, the lock, the file that grows. */
class OwnFileTest {
    @TempDir
    private Path folder;

    private Path outside = Path.of("");
    private Path inside = Path.of("");

    @BeforeEach
    void makeFolders() throws IOException {
        outside = Files.createDirectory(folder.resolve("outside"));
        inside = Files.createDirectory(folder.resolve("inside"));
    }

    private Map<String, ThrowingCallable> all() {
        return Map.of(
                "log", () -> LineLog.open(inside.resolve("log")).close(),
                ".lock", () -> FolderLock.tryLock(inside).orElseThrow().close(),
                "events", () -> AppendedFile.open(inside.resolve("events")).close());
    }

    @Test
    void linkToAFileIsNotFollowed() throws IOException {
        Path victim = Files.writeString(outside.resolve("victim"), "without a line end");
        for (Map.Entry<String, ThrowingCallable> each : all().entrySet()) {
            Files.createSymbolicLink(inside.resolve(each.getKey()), victim);

            assertThatThrownBy(each.getValue())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(each.getKey())
                    .hasMessageContaining("remove it");

            assertThat(victim).hasContent("without a line end");
        }
    }

    @Test
    void linkToNothingMakesNoFileElsewhere() throws IOException {
        for (Map.Entry<String, ThrowingCallable> each : all().entrySet()) {
            Files.createSymbolicLink(inside.resolve(each.getKey()), outside.resolve("new"));

            assertThatThrownBy(each.getValue()).isInstanceOf(IOException.class).hasMessageContaining(each.getKey());

            assertThat(outside).isEmptyDirectory();
        }
    }

    /** Opening it would wait for somebody who reads. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void pipeIsRefused() throws Exception {
        for (Map.Entry<String, ThrowingCallable> each : all().entrySet()) {
            Path pipe = inside.resolve(each.getKey());
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();

            assertThatThrownBy(each.getValue()).isInstanceOf(IOException.class).hasMessageContaining("remove it");
        }
    }
}
