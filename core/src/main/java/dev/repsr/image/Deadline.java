package dev.repsr.image;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Until when a picture must be decoded.
 *
 * @param time that was allowed; null: as long as it takes
 * @param end by {@link System#nanoTime()}
 */
record Deadline(@Nullable Duration time, long end) {
    /** As long as it takes. */
    static final Deadline NONE = new Deadline(null, 0);

    /** So long from now. */
    static Deadline in(@Nullable Duration time) {
        return time == null ? NONE : new Deadline(time, System.nanoTime() + time.toNanos());
    }

    /** Whether there is one. */
    boolean isSet() {
        return time != null;
    }

    /** Nanoseconds that are left, at least 0. */
    long nanosLeft() {
        return Math.max(0, end - System.nanoTime());
    }

    /** Refuses the picture when the time is over. */
    void check(String name) throws ImageRefused {
        if (time != null && end - System.nanoTime() < 0) {
            throw refusal(name);
        }
    }

    ImageRefused refusal(String name) {
        return new ImageRefused(
                Limit.TIME,
                name + " was not decoded within " + (time == null ? 0 : time.toMillis())
                        + " ms; allow more time if the picture is trusted");
    }
}
