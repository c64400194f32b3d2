package dev.repsr.train;

import dev.repsr.metric.SetScore;
import java.nio.file.Path;
import java.util.List;

/** Hears what a run does. All calls come from the thread that runs it. */
public interface TrainListener {

    /** A sentence that a user should read. */
    void message(String sentence);

    /** After each step. */
    void step(TrainStep step);

    /** After a validation. */
    void validation(long iteration, List<SetScore> sets);

    /** After a checkpoint has been written. */
    void checkpoint(Path file);
}
