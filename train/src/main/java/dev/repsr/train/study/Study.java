package dev.repsr.train.study;

import dev.repsr.train.config.TrainConfig;
import dev.repsr.train.report.Document;
import java.io.IOException;
import java.util.List;

/** What a study runs, and what it says of it. */
sealed interface Study permits BnStudy, BlockStudy {

    /** Name on the command line. */
    String name();

    /**
     * What is done for each size, the main one first.
     *
     * @param base the configuration that all runs derive from
     */
    List<Effort> efforts(TrainConfig base, boolean quick);

    /** What all of it costs, in the units of {@link PlannedRun#work}, about. */
    double work(List<Effort> efforts);

    /**
     * Runs all of it, or reads what is there, and reports.
     *
     * @param efforts what is to be done
     * @param how what the report says of how it was made
     */
    Document conduct(StudyRuns runs, List<Effort> efforts, List<Document.Part> how)
            throws IOException, InterruptedException, StudyStopped;
}
