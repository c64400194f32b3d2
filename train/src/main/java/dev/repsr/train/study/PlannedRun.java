package dev.repsr.train.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run of a study.
 *
 * @param stage what it is for: "search", "own rate" and the like
 * @param rate highest learning rate
 * @param iterations steps
 * @param seed of everything
 * @param measurements during the run, evenly spread, the last one at its end
 */
record PlannedRun(String stage, Size size, Arm arm, double rate, long iterations, long seed, int measurements) {

    /** Share of a run in which the rate rises. */
    private static final int WARM_UP_SHARE = 20;

    /** The stage whose runs only choose a rate. */
    static final String SEARCH = "search";

    /** The same run with another seed. */
    PlannedRun withSeed(long other) {
        return new PlannedRun(stage, size, arm, rate, iterations, other, measurements);
    }

    /** Whether more than the scores at the end is kept. */
    boolean thorough() {
        return !stage.equals(SEARCH) && !stage.equals(BlockStudy.COST);
    }

    /** Overrides of the study's configuration, those of the arm last but for what a study decides. */
    List<String> settings(double finalShare) {
        List<String> settings = new ArrayList<>(size.settings());
        settings.addAll(arm.settings());
        settings.add("optimiser.iterations=" + iterations);
        settings.add("optimiser.rate=" + number(rate));
        settings.add("optimiser.final_rate=" + number(rate * finalShare));
        settings.add("optimiser.warmup=" + iterations / WARM_UP_SHARE);
        settings.add("seed=" + seed);
        return settings;
    }

    /** How often it measures and saves, which changes nothing of what it computes. */
    List<String> habits(int saves) {
        return List.of(
                "threads=1",
                "validation.every=" + Math.max(1, iterations / measurements),
                "checkpoint.every=" + Math.max(1, iterations / saves),
                "checkpoint.keep=1");
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    /** What it costs, in multiplications for a pixel of each patch. */
    double work() {
        return size.work() * iterations;
    }

    /** For people: "frozen 50 %, M4C16 x2, rate 1.0e-3, seed 2". */
    String describe() {
        return String.format(Locale.ROOT, "%s, %s, %s, rate %.2g, seed %d", stage, size.name(), arm.name(), rate, seed);
    }
}
