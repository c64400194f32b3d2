package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a run over 300 small pictures at random times, again and again until enough kills were made, and looks at what it left. The
 * property {@code repsr.kills} sets how many.
 */
@Tag("slow")
class FolderKillTest {
    private static final int KILLS = Integer.getInteger("repsr.kills", 20);
    private static final int PICTURES = 300;
    private static final int THREADS = 2;
    private static final int HANG_SECONDS = 600;
    private static final int POLL_MILLIS = 5;
    private static final int LONGEST_MILLIS = 400;

    @TempDir
    private Path folder;

    private final Random random = new Random(17);

    @Test
    void killedRunLeavesWholeFilesAndTheNextOneGoesOn() throws Exception {
        Path model = TestModels.writeNearest(folder, 2);
        Path in = Files.createDirectory(folder.resolve("in"));
        for (int i = 0; i < PICTURES; i++) {
            TestPictures.writePng(in, "p" + i + ".png", 40 + i % 30, 50);
        }
        int kills = 0;
        int mostRedone = 0;
        for (int round = 0; kills < KILLS; round++) {
            Path out = folder.resolve("out" + round);
            Map<String, FileTime> before = Map.of();
            boolean ended = false;
            while (!ended) {
                boolean spare = kills >= KILLS;
                ended = runAndKill(in, model, out, before.size(), spare);
                kills += ended ? 0 : 1;
                Map<String, FileTime> after = wholeFiles(out);
                mostRedone = Math.max(mostRedone, changed(before, after));
                before = after;
            }
            assertThat(before).hasSize(PICTURES);
            assertThat(hiddenParts(out)).as("parts are swept").isEmpty();
        }
        assertThat(mostRedone).isLessThanOrEqualTo(THREADS);
    }

    /** Whether the run came to its end. */
    private boolean runAndKill(Path in, Path model, Path out, int done, boolean spare) throws Exception {
        Process process = OwnProcess.start(
                folder.resolve("log"), "upscale", in, "-m", model, "-o", out, "-q", "--threads", THREADS);
        if (spare) {
            return isWholeRun(process);
        }
        // The interesting time begins when it writes.
        while (process.isAlive() && visible(out).size() <= done) {
            Thread.sleep(POLL_MILLIS);
        }
        if (process.waitFor(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS)) {
            return isWholeRun(process);
        }
        process.destroyForcibly();
        process.waitFor();
        return false;
    }

    private boolean isWholeRun(Process process) throws Exception {
        assertThat(process.waitFor(HANG_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("log")))
                .isZero();
        return true;
    }

    private static int changed(Map<String, FileTime> before, Map<String, FileTime> after) {
        assertThat(after.keySet()).containsAll(before.keySet());
        return (int) before.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(after.get(entry.getKey())))
                .count();
    }

    private static Map<String, FileTime> wholeFiles(Path out) throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        for (Path file : visible(out)) {
            assertThat(ImageReader.read(file, ImageLimits.defaults()).warnings())
                    .as(file.toString())
                    .isEmpty();
            times.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
        }
        return times;
    }

    private static List<Path> visible(Path out) throws IOException {
        return list(out, false);
    }

    private static List<Path> hiddenParts(Path out) throws IOException {
        List<Path> parts = new ArrayList<>(list(out, true));
        parts.removeIf(file -> !file.toString().endsWith(".part"));
        return parts;
    }

    private static List<Path> list(Path out, boolean hidden) throws IOException {
        if (!Files.exists(out)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".") == hidden)
                    .toList();
        }
    }
}
