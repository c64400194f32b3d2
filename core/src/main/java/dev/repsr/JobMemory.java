package dev.repsr;

import dev.repsr.engine.NetworkRows;
import dev.repsr.engine.PreparedNetwork;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;

/** Settles what a job may use before it begins, so that a picture is refused with a number instead of failing late. */
final class JobMemory {
    private static final int BITS_PER_BYTE = 8;

    private JobMemory() {}

    /**
     * Bytes that are left for bands of rows, beside the decoded picture.
     *
     * @param name of the input
     * @throws ImageRefused if the output would be too large, or the memory allowed is too small; says how much is needed
     */
    static long reserve(String name, PictureFormat input, PreparedNetwork network, UpscaleOptions options)
            throws ImageRefused {
        long width = (long) input.width() * network.network().scale();
        long height = (long) input.height() * network.network().scale();
        options.limits().checkOutput(name, width, height);
        long held = (long) input.width() * input.height() * input.channels() * input.bitDepth() / BITS_PER_BYTE;
        long needed = held + NetworkRows.bytesNeeded(network, input);
        if (needed > options.memoryBytes()) {
            throw new ImageRefused(
                    ImageRefused.Reason.TOO_LARGE,
                    name + " needs " + mebibytes(needed) + " MiB of memory to be enlarged, and "
                            + mebibytes(options.memoryBytes()) + " MiB are allowed; allow more");
        }
        return options.memoryBytes() - held;
    }

    private static long mebibytes(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20);
    }
}
