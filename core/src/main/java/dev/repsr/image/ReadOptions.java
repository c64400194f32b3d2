package dev.repsr.image;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a picture is read.
 *
 * @param limits sizes that are accepted
 * @param memoryBytes what the file and its pixels may take while it is decoded; more is refused with the number
 * @param time that opening and decoding may take; null: as long as it takes. With a time, decoders that cannot be stopped run
 *     in a process of their own
 */
public record ReadOptions(
        ImageLimits limits, long memoryBytes, @Nullable Duration time) {
    public ReadOptions {
        if (memoryBytes < 1) {
            throw new IllegalArgumentException(memoryBytes + " bytes of memory");
        }
        if (time != null && !time.isPositive()) {
            throw new IllegalArgumentException("a time of " + time);
        }
    }

    /** These limits, whatever memory and time it takes. */
    public static ReadOptions of(ImageLimits limits) {
        return new ReadOptions(limits, Long.MAX_VALUE, null);
    }
}
