package dev.repsr.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendedFileTest {
    @TempDir
    Path folder;

    @Test
    void recordsFollowEachOtherAlsoWhenTheFileIsOpenedAgain() throws IOException {
        Path file = folder.resolve("events");
        try (AppendedFile appended = AppendedFile.open(file)) {
            appended.append(new byte[] {1, 2});
            assertThat(Files.readAllBytes(file)).containsExactly(1, 2);
            appended.append(new byte[] {3});
        }
        try (AppendedFile appended = AppendedFile.open(file)) {
            appended.append(new byte[] {4});
        }
        assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aFileThatCannotBeMadeIsNamed() {
        Path file = folder.resolve("none/events");
        assertThatThrownBy(() -> AppendedFile.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot write " + file + ": ");
    }
}
