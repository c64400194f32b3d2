package dev.repsr.spark;

import dev.repsr.UpscaleOptions;
import dev.repsr.Upscaler;
import dev.repsr.app.CommandFailure;
import dev.repsr.app.Console;
import dev.repsr.app.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Enlarges many pictures. */
@Command(
        name = SparkUpscaleCommand.NAME,
        header = "Enlarge a folder of pictures, or a table of them, as a job of Spark.",
        description = {
            "",
            "photos/a.jpg becomes OUT/a_x4.png. What an earlier job has finished is not made again.",
            "What became of each picture is a row of the table OUT/_repsr/report (see docs/scale.md).",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repsr spark upscale photos enlarged",
            "  repsr spark upscale -r -f same --master 'local[2]' photos enlarged",
            "  spark-submit repsr-spark-job-0.1.0.jar upscale -r hdfs:///photos hdfs:///enlarged",
            "  spark-submit repsr-spark-job-0.1.0.jar upscale --table --key id s3a://bucket/photos s3a://bucket/enlarged"
        })
final class SparkUpscaleCommand implements Callable<Integer> {
    static final String NAME = "upscale";

    private final Console console;
    private final List<String> words;

    @Mixin
    private final SparkOptions options = new SparkOptions();

    SparkUpscaleCommand(Console console, List<String> words) {
        this.console = console;
        this.words = words;
    }

    @Override
    public Integer call() throws Exception {
        options.check();
        // A wrong option is told before Spark has started.
        Upscaler upscaler = options.upscaling.upscaler(UpscaleOptions.defaults(), Optional.empty());
        long began = System.nanoTime();
        try (SparkSession spark =
                Sessions.open(options, !options.quiet && console.terminal().getAsBoolean())) {
            spark.sparkContext().setInterruptOnCancel(true);
            int threads = spark.sparkContext().conf().getInt("spark.task.cpus", 1);
            Settings settings = Settings.of(
                    words, options, upscaler, threads, UUID.randomUUID().toString());
            return run(spark, upscaler, settings, began);
        }
    }

    private int run(SparkSession spark, Upscaler upscaler, Settings settings, long began) throws Exception {
        try {
            JobReport report = options.table
                    ? new JobReport(new TableRun(spark, options, settings).run(), 0, millisSince(began))
                    : files(spark, upscaler, settings, began);
            String path = options.report != null
                    ? options.report
                    : new Path(options.output, Store.OWN + "/report").toString();
            report.write(spark, path);
            return report.tell(console, options.quiet, path);
        } catch (CommandFailure | IOException e) {
            throw e;
        } catch (Exception e) {
            // Scala throws what it does not declare.
            if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("stopped");
            }
            throw new CommandFailure(ExitCode.FAILED, "The job failed: " + Sessions.firstLine(e));
        }
    }

    private JobReport files(SparkSession spark, Upscaler upscaler, Settings settings, long began) throws Exception {
        FileRun files = new FileRun(spark, options, upscaler, settings);
        List<Outcome> outcomes = files.run();
        return new JobReport(outcomes, files.passedOver(), millisSince(began));
    }

    private static long millisSince(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }
}
