package dev.repsr.spark;

import dev.repsr.app.CommandFailure;
import dev.repsr.app.UpscalingOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words of {@code repsr-spark upscale}; executors read them again. */
final class SparkOptions {
    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "Folder of pictures, or one picture, on any file system that Hadoop knows (file, hdfs, s3a);"
                    + " with --table a table in Parquet.")
    String input = "";

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "Folder for the enlarged pictures; with --table for the table of them.")
    String output = "";

    @Mixin
    final UpscalingOptions upscaling = new UpscalingOptions();

    @Option(
            names = {"-r", "--recursive"},
            description = "Enter the folders in IN too; their tree is kept.")
    boolean recursive;

    @Option(
            names = "--table",
            description = "IN and OUT are tables in Parquet: each row is a picture, with its bytes and its name.")
    boolean table;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "Column of IN with the bytes of picture files (default: content).")
    String column = "content";

    @Option(
            names = "--key",
            paramLabel = "NAME",
            description = "Column of IN that names each picture, no two alike (default: path).")
    String key = "path";

    @Option(names = "--overwrite", description = "Replace existing outputs, which are refused otherwise.")
    boolean overwrite;

    @Option(names = "--no-resume", description = "Take no account of what earlier jobs have finished.")
    boolean noResume;

    @Option(
            names = "--report",
            paramLabel = "PATH",
            description = "Where the table of what became of each picture is written (default: OUT/_repsr/report).")
    @Nullable
    String report;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "Who runs the job (default: what spark-submit says, else local[*], all cores of this machine).")
    @Nullable
    String master;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more, on standard error.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    boolean help;

    /** Reads the words that a job was started with. */
    static SparkOptions of(List<String> words) {
        SparkOptions options = new SparkOptions();
        // The verb itself is a word among them.
        new CommandLine(options)
                .parseArgs(words.subList(words.indexOf(SparkUpscaleCommand.NAME) + 1, words.size())
                        .toArray(String[]::new));
        return options;
    }

    /** Refuses what contradicts itself. */
    void check() throws CommandFailure {
        upscaling.check();
        if (input.isEmpty() || output.isEmpty()) {
            throw CommandFailure.usage("an empty name names nothing; is a variable of the shell not set?");
        }
        if (table && overwrite) {
            throw CommandFailure.usage("--overwrite is for folders; name another OUT for a new table");
        }
        if (table && recursive) {
            throw CommandFailure.usage("-r is for folders; a table is read as a whole");
        }
    }
}
