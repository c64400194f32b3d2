package dev.repsr.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.UpscaleOptions;
import dev.repsr.Upscaler;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of two executors, each a process, on this machine. One of them is killed in the midst. */
@Tag("slow")
class LostExecutorTest {
    private static final int PICTURES = 500;
    private static final int ENOUGH = 60;
    private static final int HANG_SECONDS = 900;
    private static final int POLL_MILLIS = 20;

    @TempDir
    private Path folder;

    @Test
    void lostExecutorCostsItsPicturesInFlightOnly() throws Exception {
        Path in = folder.resolve("in");
        Path out = folder.resolve("out");
        SparkTrial.writePictures(in, PICTURES);
        File log = folder.resolve("log").toFile();
        ProcessBuilder builder = SparkTrial.process(
                log,
                List.of("-Dspark.executor.extraClassPath=" + SparkTrial.classPath()),
                "upscale",
                "--master",
                "local-cluster[2,1,1024]",
                in.toString(),
                out.toString());
        // Workers start executors by the rules of an installed Spark: its home with a folder of jars, and its Scala.
        Files.createDirectories(folder.resolve("home/jars"));
        builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.directory(folder.toFile());

        Process job = builder.start();
        try {
            Map<Path, FileTime> before = loseExecutor(job, out);
            assertThat(job.waitFor(HANG_SECONDS, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(log.toPath());
            assertThat(job.exitValue()).as(said).isZero();
            assertThat(said).contains(" 0 refused");
            assertThat(before.size()).as("the executor was lost in the midst").isLessThan(PICTURES);
            assertThat(SparkTrial.outputs(out)).hasSize(PICTURES);
            SparkTrial.assertEqualToTheBit(
                    out, SparkTrial.expected(Upscaler.builtIn(4, UpscaleOptions.defaults()), in));
            for (Map.Entry<Path, FileTime> file : before.entrySet()) {
                assertThat(Files.getLastModifiedTime(file.getKey())).isEqualTo(file.getValue());
            }
        } finally {
            job.descendants().forEach(ProcessHandle::destroyForcibly);
            job.destroyForcibly();
        }
    }

    /** What was there when the executor was killed. */
    private static Map<Path, FileTime> loseExecutor(Process job, Path out) throws Exception {
        while (job.isAlive() && SparkTrial.outputs(out).size() < ENOUGH) {
            Thread.sleep(POLL_MILLIS);
        }
        Map<Path, FileTime> before = new HashMap<>();
        for (Path file : SparkTrial.outputs(out)) {
            before.put(file, Files.getLastModifiedTime(file));
        }
        // The workers are threads of the job's own process; the executors are processes that they have started.
        List<ProcessHandle> executors = job.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .toList();
        assertThat(executors).hasSize(2);
        executors.getFirst().destroyForcibly();
        return before;
    }
}
