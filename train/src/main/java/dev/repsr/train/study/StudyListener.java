package dev.repsr.train.study;

/** Hears how a study goes on. Calls come from several threads, one at a time. */
public interface StudyListener {

    /**
     * How far a study is.
     *
     * @param runs finished, those of earlier starts among them
     * @param share of the work that is done, 0 to 1, an estimate
     * @param secondsLeft estimate; NaN while there is none
     */
    record State(int runs, double share, double secondsLeft) {}

    /** A sentence that a user should read. */
    void message(String sentence);

    /**
     * Now and then while a run goes on.
     *
     * @param run in words
     * @param iteration it stands at
     * @param iterations it will take
     */
    void running(String run, long iteration, long iterations, State state);

    /**
     * A run is finished.
     *
     * @param run in words
     * @param line of runs.jsonl
     */
    void finished(String run, String line, State state);
}
