package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the enlarging of a film at random times until enough kills were made; what comes of it in the end is an unbroken run's film. The
 * property {@code repsr.kills} sets how many.
 */
@Tag("slow")
class VideoKillTest {
    private static final int KILLS = Integer.getInteger("repsr.kills", 20);
    private static final int HANG_SECONDS = 600;
    private static final int POLL_MILLIS = 5;
    private static final int LONGEST_MILLIS = 600;

    @TempDir
    private Path folder;

    private final Random random = new Random(23);

    @Test
    void killedFilmGoesOnToTheSameBits() throws Exception {
        TestFilms.assumeFfmpeg();
        Path model = TestModels.writeNearest(folder, 2);
        TestFilms.ffmpeg(
                folder,
                "-f lavfi -i testsrc2=s=48x32:r=50:d=24 -f lavfi -i sine=d=24 -c:v libx264 -g 60 -bf 2 -pix_fmt yuv420p -c:a"
                        + " flac film.mkv");
        Path film = folder.resolve("film.mkv");
        Path unbroken = folder.resolve("unbroken.mkv");
        assertThat(Run.of("video", film, "-o", unbroken, "-m", model, "--codec", "ffv1")
                        .code())
                .isZero();
        String frames = TestFilms.frames(unbroken);
        assertThat(frames.lines().count()).isGreaterThan(1200);

        int kills = 0;
        for (int round = 0; kills < KILLS; round++) {
            Path out = folder.resolve("out" + round + ".mkv");
            boolean ended = false;
            while (!ended) {
                ended = runAndKill(film, model, out, kills >= KILLS);
                kills += ended ? 0 : 1;
                assertThat(Files.exists(out)).isEqualTo(ended);
            }
            assertThat(TestFilms.frames(out)).isEqualTo(frames);
            assertThat(folder.resolve(out.getFileName() + ".parts")).doesNotExist();
        }
    }

    /** Whether the run came to its end. */
    private boolean runAndKill(Path film, Path model, Path out, boolean spare) throws Exception {
        Path parts = folder.resolve(out.getFileName() + ".parts");
        long before = count(parts);
        Path log = folder.resolve("log");
        Process process = OwnProcess.start(log, "video", film, "-o", out, "-m", model, "--codec", "ffv1", "-q");
        // The interesting time begins when a part is finished.
        while (!spare && process.isAlive() && count(parts) <= before) {
            Thread.sleep(POLL_MILLIS);
        }
        int limit = spare ? HANG_SECONDS * 1000 : random.nextInt(LONGEST_MILLIS);
        if (process.waitFor(limit, TimeUnit.MILLISECONDS)) {
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
            return true;
        }
        process.destroyForcibly();
        process.waitFor();
        return false;
    }

    private static long count(Path parts) {
        String[] names = parts.toFile().list((dir, name) -> name.startsWith("part-"));
        return names == null ? 0 : names.length;
    }
}
