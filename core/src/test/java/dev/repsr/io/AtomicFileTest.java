package dev.repsr.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void nameThatIsTooLongIsRefusedBeforeTheBodyIsWritten() throws IOException {
        Path file = folder.resolve("a".repeat(256));

        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    throw new AssertionError("the work");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot write " + file + ": its name is longer than is possible there; shorten it");
        AtomicFile.write(folder.resolve("a".repeat(255)), out -> out.write(1));
        assertThat(folder).isDirectoryContaining(left -> left.toString().endsWith("aaa"));
    }

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
    void ofAllThatWriteANewFileOneWins() throws Exception {
        Path target = folder.resolve("picture.png");
        int writers = 6;
        CyclicBarrier together = new CyclicBarrier(writers);
        List<Future<Boolean>> ends = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
            for (int i = 0; i < writers; i++) {
                int own = i;
                ends.add(pool.submit(() -> wins(target, own, together)));
            }
        }

        List<Integer> winners = IntStream.range(0, writers)
                .filter(i -> ends.get(i).resultNow())
                .boxed()
                .toList();
        assertThat(winners).hasSize(1);
        assertThat(target).hasBinaryContent(new byte[] {winners.getFirst().byteValue()});
        assertThat(names()).containsExactly("picture.png");
    }

    private static boolean wins(Path target, int own, CyclicBarrier together) throws Exception {
        try {
            AtomicFile.writeNew(target, out -> out.write(own), sha256 -> await(together));
            return true;
        } catch (FileAlreadyExistsException e) {
            assertThat(e).hasMessageContaining("picture.png");
            return false;
        }
    }

    /** All of them are whole before the first one gets the name. */
    private static void await(CyclicBarrier together) throws IOException {
        try {
            together.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException(e);
        }
    }

    @Test
    void newFileDoesNotFollowOrReplaceALinkThatLeadsNowhere() throws IOException {
        Path target = folder.resolve("picture.png");
        Files.createSymbolicLink(target, folder.resolve("none"));

        assertThatThrownBy(() -> AtomicFile.writeNew(target, out -> out.write(1), sha256 -> {}))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(names()).containsExactly("picture.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-rw-rw-", "r--r-----"})
    @DisabledOnOs(OS.WINDOWS)
    void replacedFileKeepsItsPermissionsAllTheTime(String permissions) throws IOException {
        Path target = Files.writeString(folder.resolve("picture.png"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(permissions));

        AtomicFile.write(target, out -> {
            out.write(1);
            out.flush();
            for (String each : names()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(each))))
                        .as(each)
                        .isEqualTo(permissions);
            }
        });

        assertThat(target).hasBinaryContent(new byte[] {1});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo(permissions);
    }

    @Test
    void writingSweepsWhatAKilledProcessLeftInTheFolder() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.createFile(folder.resolve(".repsr-" + ended.pid() + "-abc.part"));
        Path alive = Files.createFile(
                folder.resolve(".repsr-" + ProcessHandle.current().pid() + "-abc.part"));

        AtomicFile.write(folder.resolve("a"), out -> out.write(1));

        assertThat(names()).containsExactlyInAnyOrder("a", alive.getFileName().toString());
    }

    /** The process that writes it may be another container's. */
    @Test
    void partThatIsHeldIsNotSweptThoughItsProcessIsNotSeen() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path part = folder.resolve(".repsr-" + ended.pid() + "-abc.part");
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeldFile.class.getName(),
                        part.toString())
                .start();
        try {
            assertThat(holder.getInputStream().read()).isEqualTo('1');

            assertThat(AtomicFile.sweep(folder)).isZero();
            assertThat(part).exists();
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThat(AtomicFile.sweep(folder)).isEqualTo(1);
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

    @Test
    void adoptedFileGetsItsNameOnceAndNeverReplacesUnasked() throws IOException {
        Path target = folder.resolve("film");
        AtomicFile.adopt(Files.writeString(folder.resolve("made"), "first"), target, false);
        assertThat(target).hasContent("first");
        assertThat(folder.resolve("made")).doesNotExist();

        Path second = Files.writeString(folder.resolve("made"), "second");
        assertThatThrownBy(() -> AtomicFile.adopt(second, target, false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("first");
        assertThat(second).hasContent("second");

        AtomicFile.adopt(second, target, true);
        assertThat(target).hasContent("second");
        assertThat(second).doesNotExist();
    }
}
