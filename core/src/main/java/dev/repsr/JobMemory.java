package dev.repsr;

import dev.repsr.check.SelfCheck;
import dev.repsr.engine.NetworkRows;
import dev.repsr.image.ImageRefused;
import dev.repsr.image.PictureFormat;
import dev.repsr.image.ResizedRows;

/** Settles what a job may use before it begins, so that a picture is refused with a number instead of failing late. */
final class JobMemory {
    private static final int BITS_PER_BYTE = 8;

    private JobMemory() {}

    /**
     * What the bands of rows may use.
     *
     * @param threads that compute
     * @param bytes left for bands, beside the decoded picture and the steps around the network
     */
    record Share(int threads, long bytes) {}

    /**
     * What is left for bands of rows, beside the decoded picture and the steps around the network.
     *
     * @param name of the input
     * @throws ImageRefused if the memory allowed is too small; says how much is needed
     */
    static Share reserve(String name, JobSteps steps, UpscaleOptions options) throws ImageRefused {
        long allowed = options.memoryBytes();
        long needed = least(steps, options);
        if (needed > allowed) {
            throw new ImageRefused(
                    ImageRefused.Reason.TOO_LARGE,
                    name + " needs " + mebibytes(needed) + " MiB of memory to be enlarged, and " + mebibytes(allowed)
                            + " MiB are allowed; allow more");
        }
        long left = allowed - beside(steps, options, options.threads());
        return left >= NetworkRows.bytesNeeded(steps.network(), steps.input())
                ? new Share(options.threads(), left)
                : new Share(1, allowed - beside(steps, options, 1));
    }

    /** Bytes that the steps need at least. */
    static long least(JobSteps steps, UpscaleOptions options) {
        return steps.treatment() == Treatment.COPIED
                ? held(steps.input())
                : beside(steps, options, 1) + NetworkRows.bytesNeeded(steps.network(), steps.input());
    }

    /** Bytes that the steps take with all threads. */
    static long most(JobSteps steps, UpscaleOptions options) throws ImageRefused {
        return steps.treatment() == Treatment.COPIED
                ? held(steps.input())
                : beside(steps, options, options.threads())
                        + NetworkRows.bytesTaken(steps.network(), steps.input(), options.threads());
    }

    private static long beside(JobSteps steps, UpscaleOptions options, int threads) {
        long bytes = held(steps.input());
        if (options.selfCheck()) {
            long ahead = NetworkRows.rowsAhead(steps.network(), threads);
            bytes += SelfCheck.bytes(steps.input(), steps.model().scale(), ahead);
        }
        if (steps.treatment() == Treatment.RESAMPLED) {
            bytes += ResizedRows.bytesNeeded(
                    steps.enlarged(), steps.output().width(), steps.output().height());
        }
        return bytes;
    }

    private static long held(PictureFormat input) {
        return (long) input.width() * input.height() * input.channels() * input.bitDepth() / BITS_PER_BYTE;
    }

    private static long mebibytes(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20);
    }
}
