package dev.repsr.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void writesAllBytesAndLeavesNothingElse() throws IOException {
        byte[] bytes = new byte[300_000];
        bytes[299_999] = 7;
        Path target = folder.resolve("picture.png");

        AtomicFile.write(target, out -> out.write(bytes));

        assertThat(target).hasBinaryContent(bytes);
        assertThat(names()).containsExactly("picture.png");
    }

    @Test
    void oldFileStaysUntilTheNewOneIsComplete() throws IOException {
        Path target = folder.resolve("picture.png");
        Files.writeString(target, "old");

        AtomicFile.write(target, out -> {
            out.write("new and longer".getBytes(StandardCharsets.UTF_8));
            out.flush();
            assertThat(target).hasContent("old");
        });

        assertThat(target).hasContent("new and longer");
    }

    @Test
    void failureOfTheBodyComesOutAsItIsAndChangesNothing() throws IOException {
        Path target = folder.resolve("picture.png");
        Files.writeString(target, "old");
        IOException failure = new IOException("row 17 cannot be computed");

        assertThatThrownBy(() -> AtomicFile.write(target, out -> {
                    out.write(1);
                    out.flush();
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(target).hasContent("old");
        assertThat(names()).containsExactly("picture.png");
    }

    @Test
    void uncheckedFailureAlsoLeavesNoPart() throws IOException {
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("a"), out -> {
                    throw new IllegalStateException("stopped");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(names()).isEmpty();
    }

    @Test
    void missingFolderIsNamed() {
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("none").resolve("a.png"), out -> out.write(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no folder")
                .hasMessageContaining("none");
    }

    @Test
    void fileInPlaceOfAFolderIsNamed() throws IOException {
        Path file = folder.resolve("file");
        Files.writeString(file, "x");

        assertThatThrownBy(() -> AtomicFile.write(file.resolve("a.png"), out -> out.write(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a folder");
        assertThat(file).hasContent("x");
    }

    @Test
    void folderIsNeverReplaced() throws IOException {
        Path target = folder.resolve("folder");
        Files.createDirectory(target);

        assertThatThrownBy(() -> AtomicFile.write(target, out -> out.write(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not an ordinary file");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void linkIsReplacedAndItsTargetLeftAlone() throws IOException {
        Path outside = folder.resolve("outside");
        Files.writeString(outside, "precious");
        Path link = Files.createSymbolicLink(folder.resolve("link"), outside);

        AtomicFile.write(link, out -> out.write('x'));

        assertThat(outside).hasContent("precious");
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(link).hasContent("x");
    }

    @Test
    void nameMayBeAsLongAsTheFileSystemAllows() throws IOException {
        Path target = folder.resolve("n".repeat(251) + ".png");

        AtomicFile.write(target, out -> out.write(1));

        assertThat(target).isRegularFile();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void sealIsToldTheChecksumBeforeTheFileHasItsName() throws IOException {
        Path file = folder.resolve("file");
        List<String> told = new ArrayList<>();

        AtomicFile.write(file, out -> out.write("whole".getBytes(StandardCharsets.UTF_8)), checksum -> {
            assertThat(file).doesNotExist();
            told.add(checksum);
        });

        assertThat(told).containsExactly(Sha256.hex(file));
    }

    @Test
    void sealThatThrowsDropsTheFile() {
        Path file = folder.resolve("file");

        assertThatThrownBy(() -> AtomicFile.write(file, out -> out.write(1), checksum -> {
                    throw new IOException("not kept");
                }))
                .hasMessage("not kept");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void partsOfEndedProcessesAreSweptAndThoseOfLivingOnesStay() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path stale = Files.createFile(folder.resolve(".repsr-" + ended.pid() + "-abc.part"));
        Path own = Files.createFile(
                folder.resolve(".repsr-" + ProcessHandle.current().pid() + "-abc.part"));
        Path other = Files.createFile(folder.resolve("photo.part"));

        assertThat(AtomicFile.sweep(folder)).isEqualTo(1);

        assertThat(stale).doesNotExist();
        assertThat(own).exists();
        assertThat(other).exists();
    }
}
