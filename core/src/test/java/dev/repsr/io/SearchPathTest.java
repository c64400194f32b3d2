package dev.repsr.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchPathTest {
    @TempDir
    private Path folder;

    private Path program(String name) throws IOException {
        Path program = folder.resolve(name);
        Files.createDirectories(program.resolveSibling(""));
        Files.writeString(program, "");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    @Test
    void theFirstNameCountsAndThenTheFirstFolder() throws IOException {
        Path one = program("a/one");
        program("b/one");
        Path two = program("a/two");
        Files.createDirectories(folder.resolve("a/folder"));
        SearchPath path =
                SearchPath.of(File.pathSeparator + folder.resolve("a") + File.pathSeparator + folder.resolve("b"));

        assertThat(path.find("one", "two")).contains(one);
        assertThat(path.find("three", "two")).contains(two);
        assertThat(path.find("folder")).as("what is no file").isEmpty();
        assertThat(SearchPath.of("").find("one")).isEmpty();
    }
}
