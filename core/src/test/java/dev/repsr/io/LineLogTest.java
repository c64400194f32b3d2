package dev.repsr.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineLogTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = folder.resolve("log");
    }

    @Test
    void linesOfEarlierRunsStay() throws IOException {
        append(LineLog.open(file), "one");
        append(LineLog.open(file), "two");

        assertThat(LineLog.read(file)).containsExactly("one", "two");
    }

    @Test
    void halfALineOfACrashIsCutOff() throws IOException {
        append(LineLog.open(file), "one");
        Files.writeString(file, "tw", StandardOpenOption.APPEND);

        assertThat(LineLog.read(file)).containsExactly("one");
        append(LineLog.open(file), "three");
        assertThat(file).hasContent("one\nthree\n");
    }

    @Test
    void missingFileHasNoLines() throws IOException {
        assertThat(LineLog.read(file)).isEmpty();
    }

    @Test
    void lineEndInALineIsRefused() throws IOException {
        try (LineLog log = LineLog.open(file)) {
            assertThatThrownBy(() -> log.append("a\nb")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(file).isEmptyFile();
    }

    private static void append(LineLog log, String line) throws IOException {
        try (log) {
            log.append(line);
        }
    }
}
