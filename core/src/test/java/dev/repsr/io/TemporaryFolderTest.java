package dev.repsr.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
    private final Path all = Path.of(System.getProperty("java.io.tmpdir"));
    private final List<Path> made = new ArrayList<>();

    @AfterEach
    void clearAway() throws Exception {
        for (Path folder : made) {
            Files.deleteIfExists(folder.resolve("library.so"));
            Files.deleteIfExists(folder);
        }
    }

    @Test
    void whatAKilledProcessLeftIsDeletedWithWhatIsInIt() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path stale = leave(ended.pid(), "testing", Duration.ofHours(1));
        Path justMade = leave(ended.pid(), "testing", Duration.ZERO);
        Path living = leave(ProcessHandle.current().pid(), "testing", Duration.ofHours(1));
        Path ofAnotherPurpose = leave(ended.pid(), "other", Duration.ofHours(1));

        Path own = TemporaryFolder.make("testing");
        made.add(own);

        assertThat(own).isEmptyDirectory().hasParent(all);
        assertThat(stale).doesNotExist();
        assertThat(List.of(justMade, living, ofAnotherPurpose))
                .allSatisfy(folder -> assertThat(folder).isNotEmptyDirectory());
    }

    private Path leave(long process, String purpose, Duration age) throws Exception {
        Path folder = Files.createTempDirectory("repsr-" + purpose + "-" + process + "-");
        made.add(folder);
        Files.createFile(folder.resolve("library.so"));
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(age)));
        return folder;
    }
}
