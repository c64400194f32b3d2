package dev.repsr.train.study;

import java.util.List;

/**
 * How much is done for a size of network.
 *
 * @param size of the network
 * @param arms that are compared
 * @param search iterations of a run that only chooses a rate
 * @param factors of the configuration's rate that the search begins with, rising by factors of 2
 * @param iterations of a run
 * @param seeds runs of each arm
 * @param measurements of a run
 */
record Effort(
        Size size, List<Arm> arms, long search, List<Double> factors, long iterations, int seeds, int measurements) {

    /** Keeps copies. */
    Effort {
        arms = List.copyOf(arms);
        factors = List.copyOf(factors);
    }

    /** The same for some of the arms. */
    Effort with(List<Arm> some) {
        return new Effort(size, some, search, factors, iterations, seeds, measurements);
    }

    /** The same with another number of runs of each arm. */
    Effort withSeeds(int other) {
        return new Effort(size, arms, search, factors, iterations, other, measurements);
    }

    /** The same with longer or shorter runs. */
    Effort lasting(long other) {
        return new Effort(size, arms, search, factors, other, seeds, measurements);
    }

    /** What it costs to find the rates and to run every arm {@code rounds} times with all seeds. */
    double work(int rounds) {
        return arms.size() * size.work() * ((double) factors.size() * search + (double) rounds * seeds * iterations);
    }
}
