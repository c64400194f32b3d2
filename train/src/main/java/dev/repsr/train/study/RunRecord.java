package dev.repsr.train.study;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a finished run: a line of {@code runs.jsonl}. PSNR in dB.
 *
 * @param key hash of all that decides what it computed, and of how often it measured
 * @param stage what it was first made for
 * @param arm what it was first made for
 * @param settings overrides of the study's configuration, with which {@code train} repeats it
 * @param engine that computed it
 * @param coreSeconds processor time of the thread that took the steps, without measuring and saving
 * @param stepMillis the same for a step
 * @param parameters of the merged network
 * @param receipt largest difference between the merged network and its branches
 * @param sets scores with population statistics, merged
 * @param own PSNR of Y, picture by picture, with each picture's own statistics; empty where that was not measured
 * @param curve measurements: iteration, core-seconds, and PSNR of Y for each set
 * @param fall how far a measurement fell behind the one before
 * @param failure why there is no network; empty where there is one
 */
record RunRecord(
        String key,
        String stage,
        String size,
        String arm,
        long seed,
        double rate,
        long iterations,
        String settings,
        String engine,
        double coreSeconds,
        double stepMillis,
        long parameters,
        double receipt,
        Map<String, Score> sets,
        Map<String, List<Double>> own,
        List<List<Double>> curve,
        Fall fall,
        String failure)
        implements RunStore.Line {

    private static final double FOUR_DIGITS = 1e4;

    /** What a line leaves out is empty. */
    RunRecord {
        sets = Objects.requireNonNullElse(sets, Map.of());
        own = Objects.requireNonNullElse(own, Map.of());
        curve = Objects.requireNonNullElse(curve, List.of());
        fall = Objects.requireNonNullElse(fall, Fall.NONE);
        failure = Objects.requireNonNullElse(failure, "");
    }

    /**
     * A set's score.
     *
     * @param y mean PSNR of Y
     * @param rgb mean PSNR of red, green and blue
     * @param pictures PSNR of Y of each picture; empty in runs that only choose a rate
     * @param picturesRgb the same of red, green and blue
     */
    record Score(
            double y,
            double rgb,
            @Nullable List<Double> pictures,
            @Nullable List<Double> picturesRgb) {

        /** PSNR of Y of each picture. */
        List<Double> each() {
            return pictures == null ? List.of() : pictures;
        }
    }

    /**
     * The largest fall from one measurement to the next, in dB, not negative.
     *
     * @param set of the mean of the first set
     * @param picture of any single picture
     * @param name of that picture
     */
    record Fall(double set, double picture, String name) {
        static final Fall NONE = new Fall(0, 0, "");
    }

    /** The score of a set that was measured. */
    Score score(String set) {
        Score score = sets.get(set);
        if (score == null) {
            throw new IllegalStateException("run " + key + " has no score of " + set);
        }
        return score;
    }

    boolean failed() {
        return !failure.isEmpty();
    }

    /** With four digits behind the point, as lines have them. */
    static double rounded(double value) {
        return Math.round(value * FOUR_DIGITS) / FOUR_DIGITS;
    }
}
