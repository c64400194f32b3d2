package dev.repsr.train.config;

import java.util.Locale;

/** A value of the configuration outside its range. */
final class ValueRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /** @param key dotted key, e.g. {@code network.channels} */
    ValueRefused(String key, Object value, String allowed) {
        super("%s is %s; allowed is %s".formatted(key, value, allowed));
        this.key = key;
    }

    String key() {
        return key;
    }

    static void unlessBetween(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ValueRefused(key, value, min + " to " + max);
        }
    }

    /** Refuses what is not in {@code min..max}, NaN included. */
    static void unlessBetween(String key, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new ValueRefused(key, value, String.format(Locale.ROOT, "%s to %s", min, max));
        }
    }

    /** Refuses what is not in {@code 0 <= value < 1}, NaN included. */
    static void unlessShareBelowOne(String key, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new ValueRefused(key, value, "0 or more and less than 1");
        }
    }
}
