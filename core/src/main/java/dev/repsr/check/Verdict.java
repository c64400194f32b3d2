package dev.repsr.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether an output agrees with its input. The limits were measured: the built-in networks and the published compact ones,
 * also those trained for looks that change colours visibly, stay within them on every picture of Set5, Set14, B100 and Urban100.
 */
final class Verdict {
    private static final double LEVEL = 1.0 / 255;

    /** Input pixels below which only gross errors are told: all of a small picture is border, where networks are less exact. */
    private static final double ENOUGH = 1024;

    private static final double GROSS = 64 * LEVEL;

    /** Networks for looks reach 8 on photographs, any network reaches 20 on patterns of full contrast. */
    private static final double MOST_DISTANCE = 32 * LEVEL;

    /** Nine in ten cells of all channels in one direction: networks for looks reach 2.2, trained for exactness 0.2. */
    private static final double MOST_SHIFT = 3.0 * LEVEL;

    /** Of one channel alone, in a colour picture: networks for looks reach 3.6. */
    private static final double MOST_SHIFT_OF_ONE = 5 * LEVEL;

    /** Of a grey picture's only channel, which is the mean of a network's three: they reach 3.1 together where two reach 3.6. */
    private static final double MOST_SHIFT_OF_GREY = 3.4 * LEVEL;

    /** Networks lie between 0.96 and 1.15. */
    private static final double LEAST_GAIN = 0.5;

    /** Input that changes less than this says nothing of the gain. */
    private static final double LEAST_DEVIATION = 3 * LEVEL;

    /** How much nearer the input must be with its channels exchanged, to be sure that they are. */
    private static final double TIMES_NEARER = 2;

    /** Networks reach 0.49, and 0.66 if trained for exactness; scrambled blocks lie about 0. */
    private static final double LEAST_CORRELATION = 0.35;

    /** How much better the blocks fit when turned, to be sure that they are. */
    private static final double BETTER_TURNED = 0.1;

    /** The same in another order of rows, columns and channels: of all networks the right one is better by 0.03 and more. */
    private static final double BETTER_REORDERED = 0.02;

    /** And fits no worse than this, or what a network adds has nothing to do with slopes: networks reach 0.69. */
    private static final double LEAST_REORDERED = 0.5;

    /** Fewer pixels on slopes say nothing of the order inside the blocks, and neither do blocks that rise so much less than they. */
    private static final double ENOUGH_SLOPES = 256;

    private static final double LEAST_SHARPNESS = 0.2;

    private static final List<int[]> EXCHANGES = List.of(
            new int[] {2, 1, 0}, new int[] {1, 0, 2}, new int[] {0, 2, 1}, new int[] {1, 2, 0}, new int[] {2, 0, 1});

    private Verdict() {}

    /** What is wrong, in a few words; empty if nothing is. */
    static Optional<String> fault(Agreement agreement) {
        if (agreement.weight() == 0) {
            return Optional.empty();
        }
        double distance = distance(agreement);
        if (agreement.weight() < ENOUGH) {
            return distance > GROSS ? Optional.of(levels("it is off by", distance)) : Optional.empty();
        }
        if (agreement.inputDeviation() > LEAST_DEVIATION && agreement.gain() < LEAST_GAIN) {
            return Optional.of("it is nearly the same everywhere, and the picture is not");
        }
        if (exchanged(agreement, distance)) {
            return Optional.of("its colours have changed places");
        }
        if (distance > MOST_DISTANCE) {
            return Optional.of(levels("it is off by", distance));
        }
        return shifted(agreement).or(() -> scrambled(agreement));
    }

    private static double distance(Agreement agreement) {
        return agreement.distance(agreement.channels() == 1 ? new int[] {0} : new int[] {0, 1, 2});
    }

    private static boolean exchanged(Agreement agreement, double distance) {
        return agreement.channels() == 3
                && EXCHANGES.stream().anyMatch(order -> distance > TIMES_NEARER * agreement.distance(order) + LEVEL);
    }

    private static Optional<String> shifted(Agreement agreement) {
        double least = Double.MAX_VALUE;
        double most = 0;
        for (int c = 0; c < agreement.channels(); c++) {
            double shift = agreement.quiet(c) < ENOUGH ? 0 : agreement.shift(c);
            least = Math.min(least, shift);
            most = Math.max(most, shift);
        }
        double limit = agreement.channels() == 1 ? MOST_SHIFT_OF_GREY : MOST_SHIFT;
        return least > limit || most > MOST_SHIFT_OF_ONE
                ? Optional.of(levels("nearly all of it is shifted by at least", Math.max(least, most)))
                : Optional.empty();
    }

    private static Optional<String> scrambled(Agreement agreement) {
        return turned(agreement.rises()) || reordered(agreement.orders())
                ? Optional.of("its pixels are in a wrong order within each block")
                : Optional.empty();
    }

    private static boolean turned(Rises rises) {
        double own = rises.correlation();
        return rises.pixels() >= ENOUGH_SLOPES
                && rises.sharpness() >= LEAST_SHARPNESS
                && (own < LEAST_CORRELATION || rises.correlationTurned() > own + BETTER_TURNED);
    }

    private static boolean reordered(List<BlockOrder> orders) {
        if (orders.isEmpty() || orders.getFirst().pixels() < ENOUGH_SLOPES) {
            return false;
        }
        double least = Math.max(LEAST_REORDERED, orders.getFirst().correlation() + BETTER_REORDERED);
        return orders.stream().anyMatch(order -> order.fits(least, LEAST_SHARPNESS));
    }

    private static String levels(String words, double distance) {
        return String.format(Locale.ROOT, "%s %.1f of 255 levels", words, distance / LEVEL);
    }
}
