package dev.repsr.train.study;

import java.nio.file.Path;
import java.util.List;

/**
 * What a study is asked for.
 *
 * @param config configuration that all runs derive from
 * @param overrides of it, {@code key=value} each
 * @param folder where runs and report go
 * @param quick whether it shall end in minutes, and decide nothing
 * @param jobs runs at a time, each in one thread, 1 to 64
 * @param seeds runs of each arm, 1 to 20; 0 for what the study has by itself
 */
public record StudyOptions(Path config, List<String> overrides, Path folder, boolean quick, int jobs, int seeds) {

    /** Keeps a copy. */
    public StudyOptions {
        overrides = List.copyOf(overrides);
    }
}
