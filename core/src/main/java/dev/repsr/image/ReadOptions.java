package dev.repsr.image;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a picture is read.
 *
 * @param limits sizes that are accepted
 * @param memoryBytes what the file and its pixels may take while it is decoded; more is refused with the number
 * @param time that opening and decoding may take, apart from what happens between the rows. Decoders that cannot be stopped run
 *     in a process of their own then. Null: such decoders are given up after {@link #PATIENCE}, ours take as long as it takes
 */
public record ReadOptions(
        ImageLimits limits, long memoryBytes, @Nullable Duration time) {
    /** Long enough for the largest picture, short enough that a decoder that hangs is noticed. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Checks the ranges. */
    public ReadOptions {
        if (memoryBytes < 1) {
            throw new IllegalArgumentException(memoryBytes + " bytes of memory");
        }
        if (time != null && !time.isPositive()) {
            throw new IllegalArgumentException("a time of " + time);
        }
    }

    /** These limits, whatever memory it takes, and no time asked for. */
    public static ReadOptions of(ImageLimits limits) {
        return new ReadOptions(limits, Long.MAX_VALUE, null);
    }
}
