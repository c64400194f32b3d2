package dev.repsr.spark;

import dev.repsr.app.CommandFailure;
import dev.repsr.app.ExitCode;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Begins a session of Spark, or says in one sentence why there is none. */
final class Sessions {
    private static final String MASTER = "spark.master";
    private static final String ALL_CORES_HERE = "local[*]";
    private static final int NEEDED = 4;

    private Sessions() {}

    static SparkSession open(SparkOptions options, boolean progress) throws CommandFailure {
        String version = org.apache.spark.package$.MODULE$.SPARK_VERSION();
        if (!version.startsWith(NEEDED + ".")) {
            throw CommandFailure.usage(
                    "this is Spark " + version + ", and Spark " + NEEDED + " is needed; 4.2.0 was tested");
        }
        SparkConf conf = new SparkConf();
        if (options.master != null) {
            conf.set(MASTER, options.master);
        }
        conf.setIfMissing(MASTER, ALL_CORES_HERE);
        conf.setIfMissing("spark.app.name", "repsr");
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.ui.showConsoleProgress", String.valueOf(progress));
        // No vector of the engines lies across two cache lines then.
        conf.setIfMissing("spark.executor.extraJavaOptions", "-XX:ObjectAlignmentInBytes=64");
        try {
            return SparkSession.builder().config(conf).getOrCreate();
        } catch (Exception e) {
            boolean unknown = String.valueOf(e.getMessage()).contains("Master URL");
            throw new CommandFailure(
                    unknown ? ExitCode.USAGE : ExitCode.FAILED,
                    "Spark does not start with the master " + conf.get(MASTER) + ": " + firstLine(e));
        }
    }

    /** What is at the bottom of a failure, in one line. */
    static String firstLine(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage() == null ? cause : cause.getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }
}
