package dev.repsr.app;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Options of all studies. */
final class StudyVerbOptions {
    /** Without it there are no studies. */
    static final String CLASS = "dev.repsr.train.study.StudyConduct";

    private static final int MOST_SEEDS = 20;
    private static final int MOST_JOBS = 64;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "Folder for the runs and the report; a study that was interrupted goes on there.")
    Path folder = Path.of("");

    @Option(names = "--quick", description = "End in minutes: everything in small, which decides nothing.")
    boolean quick;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            converter = Jobs.class,
            description = "Runs at a time, each in one thread (default: --threads, or one a core).")
    private int jobs;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            converter = Seeds.class,
            description = "Runs of each arm (default: what the study has for each size).")
    int seeds;

    /** Runs at a time. */
    int jobs(CommonOptions common) {
        return jobs > 0
                ? jobs
                : Math.min(MOST_JOBS, common.threads(Runtime.getRuntime().availableProcessors()));
    }

    private static final class Jobs implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return CommonOptions.inRange(value, 1, MOST_JOBS);
        }
    }

    private static final class Seeds implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return CommonOptions.inRange(value, 1, MOST_SEEDS);
        }
    }
}
