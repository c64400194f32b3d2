package dev.repsr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.io.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Films that tests make with FFmpeg's own test sources, and what ffprobe says of others. */
final class TestFilms {
    private static final int HANG_SECONDS = 300;

    private TestFilms() {}

    /** Whether both programs are on the PATH. */
    static boolean hasFfmpeg() {
        SearchPath path = SearchPath.ofShell();
        return path.find("ffmpeg").isPresent() && path.find("ffprobe").isPresent();
    }

    /** Skips the test, and says so, where the programs are missing. */
    static void assumeFfmpeg() {
        Assumptions.assumeTrue(hasFfmpeg(), "the tests of films need the package ffmpeg");
    }

    /** Runs ffmpeg in a folder by words that are parted by spaces. */
    static void ffmpeg(Path folder, String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-nostdin"));
        command.addAll(Arrays.asList(arguments.strip().split("\\s+")));
        run(folder, command);
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "said", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(HANG_SECONDS, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(out, StandardCharsets.UTF_8);
        Files.delete(out);
        assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
        return said;
    }

    /** Timestamps of all frames of the film, in order of presentation. */
    static List<String> timestamps(Path film) throws IOException, InterruptedException {
        return probe(film, "-select_streams", "V", "-show_entries", "frame=pts_time")
                .lines()
                .map(line -> line.replace(",", ""))
                .filter(line -> line.matches("-?[0-9.]+"))
                .sorted((a, b) -> Double.compare(Double.parseDouble(a), Double.parseDouble(b)))
                .toList();
    }

    /** What ffprobe says, without its complaints. */
    static String probe(Path film, String... question) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "quiet"));
        command.addAll(Arrays.asList(question));
        command.addAll(List.of("-of", "csv=p=0", film.toString()));
        return run(film.resolveSibling(""), command);
    }

    /** Checksum of each decoded frame and of its timestamp. */
    static String frames(Path film) throws IOException, InterruptedException {
        return run(
                film.resolveSibling(""),
                List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-nostdin",
                        "-i",
                        film.toString(),
                        "-map",
                        "0:v:0",
                        "-fps_mode",
                        "passthrough",
                        "-f",
                        "framemd5",
                        "-"));
    }
}
