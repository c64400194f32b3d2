package dev.repsr.train.study;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The same figure from several seeds. */
record Sample(List<Double> values) {
    /** Quantiles of Student's t at 97.5 %, by degrees of freedom from 1 on. */
    private static final double[] T = {
        12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.10,
        2.09, 2.09, 2.08, 2.07, 2.07, 2.06, 2.06, 2.06, 2.05, 2.05, 2.05, 2.04
    };

    private static final double T_OF_MANY = 1.96;

    /** Keeps a copy. */
    Sample {
        values = List.copyOf(values);
    }

    /** What a comparison says. */
    enum Verdict {
        HIGHER,
        LOWER,
        /** The difference is within what seeds alone make. */
        UNDECIDED
    }

    int size() {
        return values.size();
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** NaN if there is none. */
    double mean() {
        return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    }

    /** Standard deviation over the seeds, of n - 1; NaN with fewer than two. */
    double deviation() {
        if (size() < 2) {
            return Double.NaN;
        }
        double mean = mean();
        return Math.sqrt(
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / (size() - 1));
    }

    /**
     * The deviation that all samples share: root of the mean of their variances, weighted by their degrees of freedom. Of those that
     * scatter five times as much as the middle one, which are runs that come to grief, none counts.
     */
    static Noise noise(List<Sample> samples) {
        double[] sorted = samples.stream()
                .mapToDouble(Sample::deviation)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double most = sorted.length == 0 ? 0 : 5 * sorted[sorted.length / 2];
        double squares = 0;
        int freedom = 0;
        for (Sample sample : samples) {
            double deviation = sample.deviation();
            if (deviation <= most) {
                squares += deviation * deviation * (sample.size() - 1);
                freedom += sample.size() - 1;
            }
        }
        return new Noise(freedom == 0 ? Double.NaN : Math.sqrt(squares / freedom), freedom);
    }

    /**
     * What seeds alone make.
     *
     * @param deviation of one run; NaN where no arm has two seeds
     * @param freedom degrees of freedom that it was estimated with
     */
    record Noise(double deviation, int freedom) {

        /** What two means must differ by to count; NaN where that is not known. */
        double least(Sample a, Sample b) {
            if (freedom == 0 || a.isEmpty() || b.isEmpty()) {
                return Double.NaN;
            }
            double t = freedom > T.length ? T_OF_MANY : T[freedom - 1];
            return t * Math.sqrt(square(a) / a.size() + square(b) / b.size());
        }

        /** A sample that scatters more than the others is taken at its own word. */
        private double square(Sample sample) {
            double own = sample.deviation();
            double larger = own > deviation ? own : deviation;
            return larger * larger;
        }

        /** Whether the first is higher. */
        Verdict compare(Sample a, Sample b) {
            double difference = a.mean() - b.mean();
            double least = least(a, b);
            if (difference > least) {
                return Verdict.HIGHER;
            }
            return difference < -least ? Verdict.LOWER : Verdict.UNDECIDED;
        }
    }

    /** As "36.877 ± 0.012", or without the spread where there is one value alone. */
    String text(int digits) {
        if (isEmpty()) {
            return "none";
        }
        String format = "%." + digits + "f";
        return size() < 2
                ? String.format(Locale.ROOT, format, mean())
                : String.format(Locale.ROOT, format + " ± " + format, mean(), deviation());
    }

    static Sample of(double... values) {
        return new Sample(Arrays.stream(values).boxed().toList());
    }
}
