package dev.repsr.spark;

import dev.repsr.app.Console;
import dev.repsr.app.ExitCode;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Writes the table of what became of each picture, says the sum of it and settles the exit code. */
record JobReport(List<Outcome> outcomes, int passedOver, long millis) {
    /** Refusals that are told one by one; all are in the report. */
    private static final int TOLD = 20;

    void write(SparkSession spark, String path) {
        List<Row> rows = outcomes.stream().map(Outcome::row).toList();
        spark.createDataFrame(rows, Outcome.columns())
                .coalesce(1)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(path);
    }

    int tell(Console console, boolean quiet, String path) {
        List<Outcome> refused =
                outcomes.stream().filter(outcome -> outcome.refused() != null).toList();
        refused.stream().limit(TOLD).forEach(outcome -> console.complain(String.valueOf(outcome.message())));
        if (refused.size() > TOLD) {
            console.complain("and " + (refused.size() - TOLD) + " more; the report has all");
        }
        long slow = outcomes.stream()
                .filter(outcome -> outcome.engine().equals("scalar"))
                .count();
        if (slow > 0) {
            console.complain(
                    "warning: " + slow + " of the pictures were enlarged by the scalar engine, which is about four"
                            + " times slower; give executors the Vector API with"
                            + " --conf spark.executor.extraJavaOptions=\"--add-modules jdk.incubator.vector\"");
        }
        if (passedOver > 0) {
            console.complain(
                    passedOver + (passedOver == 1 ? " file that is" : " files that are") + " no picture passed over");
        }
        if (outcomes.isEmpty()) {
            console.complain("there is no picture to enlarge");
        }
        if (!quiet) {
            long resumed = outcomes.stream().filter(Outcome::resumed).count();
            console.say(String.format(
                    Locale.ROOT,
                    "%d enlarged, %d there already, %d refused, %.1f s; report: %s",
                    outcomes.size() - resumed - refused.size(),
                    resumed,
                    refused.size(),
                    millis / 1000.0,
                    path));
        }
        return exitCode();
    }

    /** The gravest: a failure, then a check of our own, then a refusal. */
    private int exitCode() {
        List<Integer> codes =
                outcomes.stream().map(Outcome::exit_code).distinct().toList();
        return codes.contains(ExitCode.FAILED)
                ? ExitCode.FAILED
                : codes.stream().mapToInt(code -> code).max().orElse(ExitCode.OK);
    }
}
