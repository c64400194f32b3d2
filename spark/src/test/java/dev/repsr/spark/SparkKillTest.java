package dev.repsr.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.TestModels;
import dev.repsr.Upscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills whole jobs at random times, again and again, and looks at what they left. The property {@code repsr.kills} sets how many. */
@Tag("slow")
class SparkKillTest {
    private static final int KILLS = Integer.getInteger("repsr.kills", 20);
    private static final int PICTURES = 300;
    private static final int HANG_SECONDS = 600;
    private static final int POLL_MILLIS = 5;
    private static final int LONGEST_MILLIS = 1000;

    @TempDir
    private Path folder;

    private final Random random = new Random(23);

    @Test
    void killedJobLeavesWholeFilesAndTheNextOneGoesOn() throws Exception {
        String model = TestModels.writeNearest(folder, 2).toString();
        Path in = folder.resolve("in");
        SparkTrial.writePictures(in, PICTURES);
        Map<String, byte[]> expected = SparkTrial.expected(Upscaler.load(model), in);
        int kills = 0;
        int inTheMidst = 0;
        for (int round = 0; kills < KILLS; round++) {
            Path out = folder.resolve("out" + round);
            boolean ended = false;
            while (!ended) {
                ended = runAndKill(model, in, out, kills >= KILLS);
                kills += ended ? 0 : 1;
                SparkTrial.assertEqualToTheBit(out, expected);
                int there = SparkTrial.outputs(out).size();
                inTheMidst += there > 0 && there < PICTURES ? 1 : 0;
            }
            assertThat(SparkTrial.outputs(out)).hasSize(PICTURES);
            assertThat(out.resolve("_repsr/parts")).as("parts are swept").doesNotExist();
        }
        assertThat(inTheMidst).as("kills that met a job at work").isPositive();
    }

    /** Whether the job came to its end. */
    private boolean runAndKill(String model, Path in, Path out, boolean spare) throws Exception {
        Set<Path> left = parts(out);
        int done = SparkTrial.outputs(out).size();
        Path log = folder.resolve("log");
        Process job = SparkTrial.process(
                        log.toFile(),
                        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        "upscale",
                        "--master",
                        "local[2]",
                        "-m",
                        model,
                        in.toString(),
                        out.toString())
                .start();
        if (!spare) {
            // The interesting time begins when it writes, and again when it gives names.
            boolean named = random.nextBoolean();
            while (job.isAlive() && (named ? SparkTrial.outputs(out).size() <= done : left.containsAll(parts(out)))) {
                Thread.sleep(POLL_MILLIS);
            }
            if (!job.waitFor(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS)) {
                job.destroyForcibly();
                job.waitFor();
                return false;
            }
        }
        assertThat(job.waitFor(HANG_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(job.exitValue()).as(Files.readString(log)).isZero();
        return true;
    }

    /** Files without a name; those of a killed job stay until the next one sweeps them. */
    private static Set<Path> parts(Path out) throws IOException {
        Path parts = out.resolve("_repsr/parts");
        if (!Files.isDirectory(parts)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.list(parts)) {
            return all.collect(Collectors.toSet());
        }
    }
}
